"""One line of `ivr doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from ivr.messages.message import Message

Status = Literal["ok", "warning", "problem"]
STATUSES: dict[Status, str] = {
    "ok": "doctor.status.ok",
    "warning": "doctor.status.warning",
    "problem": "doctor.status.problem",
}
CHECKS = {
    "version": "doctor.check.version",
    "settings": "doctor.check.settings",
    "token": "doctor.check.token",
    "public-url": "doctor.check.public-url",
    "database": "doctor.check.database",
    "integrity": "doctor.check.integrity",
    "rights": "doctor.check.rights",
    "log": "doctor.check.log",
    "disk": "doctor.check.disk",
    "server": "doctor.check.server",
    "clock": "doctor.check.clock",
    "flows": "doctor.check.flows",
    "time-zone": "doctor.check.time-zone",
    "voices": "doctor.check.voices",
    "numbers": "doctor.check.numbers",
    "last-resort": "doctor.check.last-resort",
    "port": "doctor.check.port",
    "signature": "doctor.check.signature",
    "through-url": "doctor.check.through-url",
    "outgoing": "doctor.check.outgoing",
}
"""What is looked at, and how a reader's language calls it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, how it is, and what to do next (empty where all is well).

    A `problem` keeps calls from being answered, or from being kept; a `warning` is to be known, or looked after.
    """

    check: str
    status: Status
    says: str
    do: str = ""

    @property
    def status_label(self) -> Message:
        """The status, for people."""
        return Message(STATUSES[self.status])

    @property
    def check_label(self) -> Message:
        """What was looked at, for people."""
        return Message(CHECKS[self.check])


def ok(check: str, says: str) -> Line:
    """All is well."""
    return Line(check, "ok", says)


def warning(check: str, says: str, do: str) -> Line:
    """Calls are answered; all the same, look after it."""
    return Line(check, "warning", says, do)


def problem(check: str, says: str, do: str) -> Line:
    """Calls are not answered, or not kept."""
    return Line(check, "problem", says, do)


def shown_url(url: str) -> str:
    """A URL as it may be shown: `***` stands for a user and password in it."""
    parts = urlsplit(url)
    _, user, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"***@{place}")) if user else url
