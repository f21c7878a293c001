"""Callers' numbers, hidden from those who need not phone them: wherever one may stand, also in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ivr.case.case import CaseEvent

MASK = "••••"
_NUMBER = re.compile(r"\+?(?:[\d零〇一二三四五六七八九幺两][ ().·-]{0,2}){5,60}")
"""Five digits and more, written or spoken; with blanks or hyphens between them as people write them."""
_SHOWN = 4
_LONG = 8
"""From so many digits on the last four are shown: enough to tell two callers apart, too few to phone one."""
_NUMBERS = ("caller", "contact", "product", "subject", "resolved")


def masked(text: str) -> str:
    """A text without the numbers in it."""
    return _NUMBER.sub(_hidden, text)


def masked_case(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report of a case without the numbers that a caller gave."""
    hidden: dict[str, Any] = {name: masked(report[name]) for name in _NUMBERS if report.get(name)}
    if (story := report.get("story")) and story["text"]:
        hidden["story"] = {**story, "text": masked(story["text"])}
    return {**report, **hidden}


def masked_event(told: Mapping[str, Any], event: CaseEvent) -> dict[str, Any]:
    """An event without the numbers in what is personal of it."""
    personal = event.personal or {}
    data = {name: masked(text) if name in personal else text for name, text in told["data"].items()}
    return {**told, "data": data}


def _hidden(found: re.Match[str]) -> str:
    whole = found.group()
    bare = whole.rstrip(" ().·-")
    digits = [c for c in bare if c.isalnum()]
    shown = "".join(digits[-_SHOWN:]) if len(digits) >= _LONG else ""
    return f"{MASK}{shown}{whole[len(bare) :]}"
