"""One line of `ivr doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

Status = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, how it is, and what to do next (empty where all is well).

    A `problem` keeps calls from being answered, or from being kept; a `warning` is to be known, or looked after.
    """

    check: str
    status: Status
    says: str
    do: str = ""


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
