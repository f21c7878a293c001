"""A week's opening hours as an author writes them, such as `{mon-fri: 08:30-20:00}`, and what was meant otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

Spans = tuple[tuple[int, int], ...]
"""Minutes since midnight; an end beyond a day's 1,440 runs into the next day, and belongs to the day it begins on."""
DAY = 1440
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})\Z")
_TIME = r"(\d{1,2})(?:[:.h点时](\d{2})?分?)?\s*(am|pm|a\.m\.|p\.m\.)?"
_MEANT = re.compile(rf"\s*{_TIME}\s*(?:-|–|—|~|to|until|till|至|到)\s*{_TIME}\s*\Z", re.I)
_WHOLE_DAY = ("24h", "24 h", "24/7", "24 hours", "24小时", "all day", "always", "全天")
_CLOSED = ("off", "none", "no", "-", "close", "休息", "关闭", "休")
_GROUPS = {
    "daily": "mon-sun", "every day": "mon-sun", "everyday": "mon-sun", "all": "mon-sun", "每天": "mon-sun",
    "weekdays": "mon-fri", "workdays": "mon-fri", "工作日": "mon-fri",
    "weekend": "sat-sun", "weekends": "sat-sun", "周末": "sat-sun",
}  # fmt: skip
_CHINESE_DAY = re.compile("(?:星期|礼拜|周)([一二三四五六日天])")


def parse_week(written: Mapping[str, str]) -> Mapping[int, Spans]:
    """`{mon-fri: 08:30-20:00, sat: closed}` to spans of minutes by weekday (Monday 0). ValueError with a sentence.

    A span whose end is not after its beginning, such as 20:00-08:30, runs over midnight.
    """
    week: dict[int, Spans] = {}
    for days, spans in _lines(written):
        if isinstance(spans, str):
            raise ValueError(spans)
        week |= dict.fromkeys(_days(days), spans)
    return week


def problems_of_week(written: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every line that cannot be read, by its days, with a sentence."""
    yield from ((days, said) for days, said in _lines(written) if isinstance(said, str))


def shown(span: tuple[int, int]) -> str:
    """A span as an author writes it."""
    start, end = span
    end = end - DAY if end > DAY else end
    return f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


def _lines(written: Mapping[str, str]) -> Iterator[tuple[str, Spans | str]]:
    """Each line's days with its spans, or with what is wrong with it."""
    seen: set[int] = set()
    for days, text in written.items():
        try:
            spans: Spans | str = _spans(text)
            for day in _days(days):
                if day in seen:
                    spans = f"{DAYS[day]} is written in two lines: take it out of one of them"
                seen.add(day)
        except ValueError as failed:
            spans = str(failed)
        yield days, spans


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.replace(" ", "").split(","):
        ends = part.split("-")
        if not 1 <= len(ends) <= 2 or any(end not in DAYS for end in ends):
            raise ValueError(f'"{text}" names no days: write {_days_meant(text) or "mon-fri, sat or sat,sun"}')
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days += [(first + n) % 7 for n in range((last - first) % 7 + 1)]
    return days


def _days_meant(text: str) -> str:
    """Days written out, in capitals or in Chinese, as they are to be written; empty where none can be made out."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = _CHINESE_DAY.sub(lambda day: DAYS["一二三四五六日".find(day[1].replace("天", "日"))], plain)
    if plain in _GROUPS:
        return _GROUPS[plain]
    parts = re.sub(r"\s*(?:–|—|~|to|through|至|到)\s*", "-", plain)
    parts = re.sub(r"\s*(?:/|;|、|&|\band\b|\s)\s*", ",", parts)
    short = re.sub(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*", r"\1", parts)
    return short if re.fullmatch(rf"(?:{'|'.join(DAYS)}|[,-])+", short) and short != text else ""


def _spans(text: str) -> Spans:
    if text.strip() == "closed":
        return ()
    spans = sorted(_span(part.strip()) for part in text.split(","))
    for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
        if start < end:
            raise ValueError(f'"{text}" overlaps itself: let each span begin when the one before has ended')
    return tuple(spans)


def _span(part: str) -> tuple[int, int]:
    found = _SPAN.match(part)
    if not found:
        raise ValueError(f'"{part}" is no time of day: write {_meant(part)}')
    h1, m1, h2, m2 = map(int, found.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if m1 > 59 or m2 > 59:
        raise ValueError(f'"{part}" is no time of day: an hour has the minutes 00 to 59; write it as 08:30-20:00')
    if start >= DAY:
        raise ValueError(f'"{part}" begins at 24:00 or later: write it as 00:00 under the next day')
    if end > DAY:
        over = shown((start, end)) if h2 < 48 else "20:00-08:30"
        raise ValueError(f'"{part}" ends after 24:00: write {over}, which runs over midnight')
    if start == end:
        raise ValueError(f'"{part}" ends when it begins: write 00:00-24:00 for the whole day, or closed for none of it')
    return start, end if end > start else end + DAY


def _meant(part: str) -> str:
    """What the author most likely meant, in the words of the file."""
    plain = unicodedata.normalize("NFKC", part).strip().casefold()
    if plain in _WHOLE_DAY:
        return "00:00-24:00 for the whole day"
    if plain in _CLOSED:
        return "closed"
    found = _MEANT.match(plain)
    times = [_clock(*found.group(1, 2, 3)), _clock(*found.group(4, 5, 6))] if found else [""]
    return "-".join(times) if all(times) else "08:30-20:00"


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    """A time of day as 08:30, or empty where it is none."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + 12 * half.startswith("p")
    return f"{hours:02d}:{minutes:02d}" if hours * 60 + minutes <= DAY and minutes < 60 else ""
