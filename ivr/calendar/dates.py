"""Dates as authors write them, and what was meant by one that is written otherwise."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from ivr.messages.message import Message

EARLIEST, LATEST = 1970, 2199
"""The years that calendars and zones can be computed for."""
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\Z")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\Z")


def parse_date(text: str) -> date:
    """A date written 2026-10-01. ValueError with a sentence that says what to write."""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(_wrong(text))
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(Message("calendar.date.range", first=EARLIEST, last=LATEST))
    return day


def _wrong(text: str) -> Message:
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.match(plain)
    if not found:
        return Message("calendar.date.write-year") if _SHORT.match(plain) else Message("calendar.date.write")
    year_, month, day = map(int, found.groups())
    if not 1 <= month <= 12:
        return Message("calendar.date.no-month", month=month)
    last = monthrange(year_, month)[1] if 1 <= year_ <= 9999 else 0
    if not 1 <= day <= last:
        return Message("calendar.date.no-day", day=day, month=f"{year_:04d}-{month:02d}", last=last)
    return Message("calendar.date.meant", meant=f"{year_:04d}-{month:02d}-{day:02d}")
