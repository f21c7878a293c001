"""What is known of the request that is being answered; each line of the log written meanwhile tells it."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import count

WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:=+/-]{0,127}")
"""A request id that a proxy may have made: a hash, a UUID, a trace. Anything else could be a text of its own."""
_PROCESS = secrets.token_hex(8)
_COUNTED = count(1)


class Seen:
    """One request. `outcome` is what became of a turn, empty where the request asks for none; `refused` why it was
    refused; `form` its parameters as they came, whose values must not be logged."""

    __slots__ = ("apology", "call", "cases", "form", "id", "outcome", "refused", "route", "seconds", "started", "turn")

    def __init__(self, given: str = "") -> None:
        self.id = given if WELL_FORMED.fullmatch(given) else f"{_PROCESS}{next(_COUNTED):08x}"
        self.started = time.perf_counter()
        self.seconds = 0.0
        self.call = self.outcome = self.refused = self.route = self.apology = ""
        self.turn = 0
        self.cases: Sequence[str] = ()
        self.form: Sequence[tuple[str, str]] = ()


CURRENT: ContextVar[Seen | None] = ContextVar("seen", default=None)


def seen() -> Seen:
    """The request that is being answered; outside of one, a new one that nobody looks at."""
    return CURRENT.get() or Seen()
