"""Countries and their regions as authors write them, such as CN or GB-ENG, and what was meant by one that is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from ivr.calendar.workdays import code_of, regions_of, supported
from ivr.messages.message import Message

FEW = 6
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_WRITTEN_APART = re.compile(r"\s*[-_/ ]\s*")


def parse_region(text: str) -> str:
    """The code of a country or region whose public holidays are known. ValueError with a sentence on what to write."""
    if _CODE.fullmatch(text) and supported(text):
        return text
    country, region = [*_WRITTEN_APART.split(text.strip(), maxsplit=1), ""][:2]
    code = code_of(country) if region else ""
    if not code:
        raise ValueError(Message("clock.region.no-country", meant=code_of(text) or "CN"))
    regions = regions_of(code)
    if not regions:
        raise ValueError(Message("clock.region.none", country=code))
    likely = tuple(f"{code}-{each}" for each in _likely(region, regions))
    raise ValueError(Message("clock.region.unknown", written=text, likely=likely))


def _likely(written: str, regions: Mapping[str, str]) -> list[str]:
    """The regions whose code or name is like what was written; all where they are few, or where none is."""
    by_name = {said.casefold(): code for code, name in regions.items() for said in (name, code) if said}
    found = get_close_matches(written.casefold(), by_name, n=3, cutoff=0.6)
    return list(dict.fromkeys(by_name[said] for said in found if len(regions) > FEW)) or sorted(regions)
