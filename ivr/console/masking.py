"""Callers' numbers, hidden from those who need not phone them: wherever one may stand, also in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ivr.case.case import CaseEvent

MASK = "••••"
_FIGURES = "零〇一二三四五六七八九幺两壹贰貳叁參肆伍陆陸柒捌玖洞拐①②③④⑤⑥⑦⑧⑨⓪"
_IN_WORDS = r"\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b"
_NUMBER = re.compile(rf"\+?(?:(?:[\d{_FIGURES}]|{_IN_WORDS})[\W_]{{0,3}}){{5,60}}", re.IGNORECASE)
"""Five digits and more, written or spoken, with up to three signs of any sort between them, as people write them."""
_SHOWN = 4
_LONG = 8
"""From so many digits on the last four are shown: enough to tell two callers apart, too few to phone one."""
_NUMBERS = ("caller", "contact", "product", "subject", "resolved")
_IN_PARTS = ("codes", "triage")


def masked(text: str) -> str:
    """A text without the numbers in it."""
    return _NUMBER.sub(_hidden, text)


def masked_case(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report of a case without the numbers that a caller gave."""
    hidden: dict[str, Any] = {name: masked(report[name]) for name in _NUMBERS if report.get(name)}
    if (story := report.get("story")) and story["text"]:
        hidden["story"] = {**story, "text": masked(story["text"])}
    if later := report.get("said_later"):
        hidden["said_later"] = [{**each, "text": masked(each["text"] or "") or None} for each in later]
    for name in _IN_PARTS:
        hidden[name] = {part: _masked_part(value) for part, value in report.get(name, {}).items()}
    return {**report, **hidden}


def masked_event(told: Mapping[str, Any], event: CaseEvent) -> dict[str, Any]:
    """An event without the numbers in what is personal of it."""
    personal = event.personal or {}
    written = event.kind in ("coded", "triaged")
    data = {n: masked(text) if n in personal or written else text for n, text in told["data"].items()}
    return {**told, "data": data}


def _hidden(found: re.Match[str]) -> str:
    whole = found.group()
    bare = re.sub(r"[\W_]+\Z", "", whole)
    digits = [c for c in bare if c.isdecimal() or c in _FIGURES]
    shown = "".join(digits[-_SHOWN:]) if len(digits) >= _LONG else ""
    return f"{MASK}{shown}{whole[len(bare) :]}"


def _masked_part(value: Any) -> Any:
    if isinstance(value, list):
        return list(map(masked, value))
    return masked(value) if isinstance(value, str) else value
