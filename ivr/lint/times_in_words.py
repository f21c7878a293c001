"""Times of day in a prompt, from and to: "8:30 to 20:00", "nine to five", 上午9点到下午5点半, "9 bis 17 Uhr"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Span = tuple[int, int]
"""Minutes since midnight, from and to."""
_FIGURES = "零一二三四五六七八九十"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "noon")
_HALF = r"凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜里"
_MINUTE = rf"半|一刻|三刻|[0-9]{{1,2}}分?|[{_FIGURES}]{{1,3}}分?"
_CHINESE = rf"(?:({_HALF})\s*)?([0-9]{{1,2}}|[{_FIGURES}两]{{1,3}})\s*(?:点钟?|时|:)\s*({_MINUTE})?"
_PART = r"o'clock|uhr|h\b|[ap]\.?\s?m\b\.?|in the (?:morning|afternoon|evening)|at (?:night|noon)"
_CLOCK = rf"(half past )?([0-9]{{1,2}}|{'|'.join(_WORDS)})(?:[:.h]([0-9]{{2}}))?\s*({_PART})?"
_ZH = re.compile(rf"{_CHINESE}\s*(?:到|至|~|-|—|–)+\s*{_CHINESE}")
_TO = r"\s*(?:to|until|till|through|bis|à|a|al|-|–|—|~|and)\s*"
_EN = re.compile(rf"(?<![\w.]){_CLOCK}{_TO}(?:the\s)?{_CLOCK}(?![\w%])", re.I)
_OPEN = re.compile(
    r"\b(?:open|opens|opening|hours|weekdays|monday|mondays|daily|geöffnet|öffnungszeiten|ouvert)\b", re.I
)
_NOT_HOURS = re.compile(
    r"\s*(?:minutes?|hours?|days?|workdays?|working|weeks?|months?|yuan|dollars?|euros?|percent|stars?)\b", re.I
)


def spans_in(text: str) -> Iterator[tuple[str, list[Span]]]:
    """The words of each span of times, and the spans they may mean, the likeliest first."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) != len(text):  # places would not fit
        plain = text
    for found in _ZH.finditer(plain):
        first, last = _chinese(found.group(1, 2, 3)), _chinese(found.group(4, 5, 6))
        if first is not None and last is not None:
            yield text[found.start() : found.end()], _either(first, last, bool(found[1]), bool(found[4]))
    for found in _EN.finditer(plain):
        clock = any(found.group(1, 3, 4, 5, 7, 8))
        spoken = _OPEN.search(plain) is not None and not _NOT_HOURS.match(plain, found.end())
        first, last = _english(found.group(1, 2, 3, 4)), _english(found.group(5, 6, 7, 8))
        if (clock or spoken) and first is not None and last is not None and not _NOT_HOURS.match(plain, found.end()):
            yield text[found.start() : found.end()].strip(), _either(first, last, _sure(found[4]), _sure(found[8]))


def _either(first: int, last: int, sure: bool, sure_too: bool) -> list[Span]:
    """A span, and what it may be on a clock of twelve hours where no half of the day is said."""
    if last <= first and not sure_too and last <= 720:
        last += 720
    starts = [first] if sure or first >= 720 else [first, first + 720]
    ends = [last] if sure_too or last >= 720 else [last, last + 720]
    return [(start, end) for start in starts for end in ends if start != end]


def _chinese(parts: tuple[str | None, ...]) -> int | None:
    half, hour_said, minute_said = parts
    hour = _figure(hour_said or "")
    if hour is None or hour > 24:
        return None
    if half and half[0] in "下傍晚夜" and hour < 12:
        hour += 12
    if half == "中午" and hour < 3:
        hour += 12
    quarter = {"半": 30, "一刻": 15, "三刻": 45}.get(minute_said or "")
    minute = quarter if quarter is not None else _figure((minute_said or "0").rstrip("分"))
    return hour * 60 + (minute or 0)


def _figure(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_FIGURES.find(tens) if tens else 1) * 10 + (_FIGURES.find(ones) if ones else 0)
    return _FIGURES.find(text) if len(text) == 1 and text in _FIGURES else None


def _english(parts: tuple[str | None, ...]) -> int | None:
    half, hour_said, minute_said, mark = ((part or "").lower() for part in parts)
    hour = int(hour_said) if hour_said.isdigit() else 12 if hour_said == "noon" else _WORDS.index(hour_said) + 1
    minute = 30 if half else int(minute_said or 0)
    if hour > 24 or minute > 59:
        return None
    if _late(mark) and hour < 12:
        hour += 12
    if hour == 12 and _sure(mark) and not _late(mark):
        hour = 0
    return hour * 60 + minute


def _sure(mark: str | None) -> bool:
    """Whether the half of the day is said."""
    return (mark or "").lower().startswith(("a", "p", "in the"))


def _late(mark: str) -> bool:
    return mark.startswith("p") or mark.endswith(("afternoon", "evening", "night"))
