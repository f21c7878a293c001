"""Moments as they are typed: `--since`, and a time of the hotline's own clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ivr.errors import InvalidArgument
from ivr.messages.message import Message

FIRST_YEAR, LAST_YEAR = 1970, 2199
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def since(text: str, now: datetime, option: str = "--since") -> str:
    """The moment `text` means, as it is stored (RFC 3339, UTC); empty for an empty text. `InvalidArgument` for none."""
    if not text:
        return ""
    if found := re.fullmatch(r"(\d{1,4})([mhdw])", text):
        return (now - timedelta(**{UNITS[found[2]]: int(found[1])})).astimezone(UTC).isoformat()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidArgument(Message("moments.no-time", option=option, text=text)) from None
    if at.tzinfo is None:
        raise InvalidArgument(Message("moments.no-zone", option=option, text=text, whole=f"{text}{_rest(text)}"))
    _in_this_age(text, at)
    return at.astimezone(UTC).isoformat()


def _rest(text: str) -> str:
    return "+08:00" if "T" in text else "T00:00+08:00"


def local_time(text: str, zone: str) -> datetime:
    """The time `text` means, in this zone where it names none. `InvalidArgument` for no time."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidArgument(Message("moments.no-local-time", text=text)) from None
    _in_this_age(text, at)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _in_this_age(text: str, at: datetime) -> None:
    """`InvalidArgument` for a time beyond what calendars and zones can be computed for."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise InvalidArgument(Message("moments.no-such-year", text=text, first=FIRST_YEAR, last=LAST_YEAR))
