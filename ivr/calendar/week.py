"""A week's opening hours as an author writes them, such as `{mon-fri: 08:30-20:00}`, and what was meant otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from ivr.messages.message import Message

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


class WeekInvalid(ValueError):
    """A line of opening hours that cannot be read: what is wrong with it, and what to write instead."""

    def __init__(self, what: Message, fix: Message) -> None:
        self.what, self.fix = what, fix
        super().__init__(Message("calendar.week.wrong", said=(what, fix)))


def parse_week(written: Mapping[str, str]) -> Mapping[int, Spans]:
    """`{mon-fri: 08:30-20:00, sat: closed}` to spans of minutes by weekday (Monday 0). Raises `WeekInvalid`.

    A span whose end is not after its beginning, such as 20:00-08:30, runs over midnight.
    """
    week: dict[int, Spans] = {}
    for days, spans in _lines(written):
        if isinstance(spans, WeekInvalid):
            raise spans
        week |= dict.fromkeys(_days(days), spans)
    return week


def problems_of_week(written: Mapping[str, str]) -> Iterator[tuple[str, WeekInvalid]]:
    """Every line that cannot be read, by its days, and why."""
    yield from ((days, why) for days, why in _lines(written) if isinstance(why, WeekInvalid))


def shown(span: tuple[int, int]) -> str:
    """A span as an author writes it."""
    start, end = span
    end = end - DAY if end > DAY else end
    return f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


def _lines(written: Mapping[str, str]) -> Iterator[tuple[str, Spans | WeekInvalid]]:
    """Each line's days with its spans, or with what is wrong with it."""
    seen: set[int] = set()
    for days, text in written.items():
        try:
            spans: Spans | WeekInvalid = _spans(text)
            for day in _days(days):
                if day in seen:
                    spans = WeekInvalid(Message("calendar.week.twice", day=DAYS[day]), Message("calendar.week.once"))
                seen.add(day)
        except WeekInvalid as failed:
            spans = failed
        yield days, spans


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.replace(" ", "").split(","):
        ends = part.split("-")
        if not 1 <= len(ends) <= 2 or any(end not in DAYS for end in ends):
            meant = _days_meant(text)
            fix = (
                Message("calendar.week.write-days", meant=meant) if meant else Message("calendar.week.write-some-days")
            )
            raise WeekInvalid(Message("calendar.week.no-days", written=text), fix)
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
            raise WeekInvalid(Message("calendar.week.overlaps", written=text), Message("calendar.week.apart"))
    return tuple(spans)


def _span(part: str) -> tuple[int, int]:
    found = _SPAN.match(part)
    if not found:
        raise WeekInvalid(Message("calendar.week.no-time", written=part), _meant(part))
    h1, m1, h2, m2 = map(int, found.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if m1 > 59 or m2 > 59:
        raise WeekInvalid(Message("calendar.week.minutes", written=part), Message("calendar.week.write-such"))
    if start >= DAY:
        raise WeekInvalid(Message("calendar.week.late", written=part), Message("calendar.week.next-day"))
    if end > DAY:
        over = shown((start, end)) if h2 < 48 else "20:00-08:30"
        fix = Message("calendar.week.over-midnight", meant=over)
        raise WeekInvalid(Message("calendar.week.past-midnight", written=part), fix)
    if start == end:
        raise WeekInvalid(Message("calendar.week.empty", written=part), Message("calendar.week.whole-or-none"))
    return start, end if end > start else end + DAY


def _meant(part: str) -> Message:
    """What to write: what the author most likely meant."""
    plain = unicodedata.normalize("NFKC", part).strip().casefold()
    if plain in _WHOLE_DAY:
        return Message("calendar.week.write-whole-day")
    if plain in _CLOSED:
        return Message("calendar.week.write-time", meant="closed")
    found = _MEANT.match(plain)
    times = [_clock(*found.group(1, 2, 3)), _clock(*found.group(4, 5, 6))] if found else [""]
    return Message("calendar.week.write-time", meant="-".join(times) if all(times) else "08:30-20:00")


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    """A time of day as 08:30, or empty where it is none."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + 12 * half.startswith("p")
    return f"{hours:02d}:{minutes:02d}" if hours * 60 + minutes <= DAY and minutes < 60 else ""
