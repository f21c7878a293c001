"""Countries and their regions as authors write them, such as CN or GB-ENG, and what was meant by one that is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from ivr.calendar.workdays import code_of, regions_of, supported
from ivr.messages.message import Message

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
    names = regions_of(code)
    if not names:
        raise ValueError(Message("clock.region.none", country=code))
    likely = tuple(f"{code}-{each}" for each in _likely(region, names.items()))
    raise ValueError(Message("clock.region.unknown", written=text, likely=likely))


def _likely(written: str, regions: Iterable[tuple[str, str]]) -> list[str]:
    """The regions whose code or name is like what was written; the first six where none is."""
    by_name = {said.casefold(): code for code, name in regions for said in (name, code) if said}
    found = get_close_matches(written.casefold(), by_name, n=3, cutoff=0.5)
    return list(dict.fromkeys(by_name[said] for said in found)) or sorted(set(by_name.values()))[:6]
