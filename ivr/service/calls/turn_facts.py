"""The facts of one turn: computed when first read, and noted, so that a replay knows exactly what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from ivr.call.case_kinds import CASE_KINDS
from ivr.call.case_number import case_number
from ivr.call.facts import HISTORY, TAKEN, stored_elsewhere
from ivr.case.deadline import Due, deadline
from ivr.flow.model import Release
from ivr.service.ports import Transaction


class CallHeader(NamedTuple):
    """What is fixed from a call's first turn on. `number` is the call's own, `customer` E.164 or empty; `call` its id
    at the provider, empty where facts are computed for no stored call; `simulated` where no customer makes it; `line`
    our own number, as it was dialled, or what came where it is none."""

    number: int
    started: datetime
    customer: str
    call: str = ""
    simulated: bool = False
    line: str = ""


class TurnFacts:
    """The only way to read facts (`ivr.call.facts`): caller, calendar, switches and cases at one instant.

    `pinned` facts of a fixture win. `stored` answers what is neither computed from the call nor from the calendar.
    A caller whose number may not be phoned (`Phoned`), or who sends our own, is one who withholds it.
    """

    __slots__ = ("_header", "_now", "_release", "_stored", "pinned", "read")

    def __init__(
        self,
        release: Release,
        now: datetime,
        header: CallHeader,
        *,
        pinned: Mapping[str, str] | None = None,
        stored: Callable[[str], str | None] | None = None,
    ) -> None:
        self._release, self._now, self._header = release, now, header
        self.pinned, self._stored = pinned or {}, stored
        self.read: dict[str, str | None] = {}

    def get(self, name: str, /) -> str | None:
        """A fact by its name, None where it is not known."""
        if name not in self.read:
            self.read[name] = self._answer(name)
        return self.read[name]

    def _answer(self, name: str) -> str | None:
        if name in HISTORY and self._header.customer and not self._caller():
            return None
        return self.pinned[name] if name in self.pinned else self._find(name)

    def _caller(self) -> str | None:
        """The customer's number where it counts as known."""
        customer, line = self._header.customer, self._header.line
        return customer if customer != line and self._release.phoned.may_call(customer) else None

    def _find(self, name: str) -> str | None:
        match name.split("."):
            case ["caller", "phone"] | ["call", "from"]:
                return self._caller()
            case ["call", "to"]:
                return self._header.line or None
            case ["call", "started"]:
                return self._stamp(self._header.started)
            case ["hours", hours]:
                return self._release.hours[hours].status(self._local()) if hours in self._release.hours else None
            case ["hours", hours, "opens"]:
                opens = self._release.hours[hours].opens(self._local()) if hours in self._release.hours else None
                return self._stamp(opens) if opens else None
            case ["case", kind, what] if kind != TAKEN:
                return self._case(kind, what)
            case ["case", kind, priority, "due"]:
                return self._due(kind, priority)
        return self._stored(name) if self._stored else None

    def _local(self) -> datetime:
        return self._now.astimezone(ZoneInfo(self._release.time_zone))

    def _case(self, kind: str, what: str) -> str | None:
        if what == "number":
            return next((str(case_number(self._header.number, known)) for known in CASE_KINDS if known == kind), None)
        if what == "kind":
            return kind
        if what == "opened":
            return self._header.started.astimezone(ZoneInfo(self._release.time_zone)).date().isoformat()
        return self._due(kind) if what == "due" else None

    def _due(self, kind: str, priority: str = "") -> str | None:
        due = case_due(self._release, kind, self._header.started, priority)
        if due is None:
            return None
        return self._stamp(due.at) if due.spoken == "time" else due.day.isoformat()

    def _stamp(self, at: datetime) -> str:
        """An instant as facts hold it: with the day as the caller would say it."""
        local = at.astimezone(ZoneInfo(self._release.time_zone))
        days = (local.date() - self._local().date()).days
        day = {0: "today", 1: "tomorrow"}.get(days, "later")
        return f"{local.isoformat(timespec='minutes')} {day}"


class Facts(Protocol):
    """Answers facts by their names."""

    def get(self, name: str, /) -> str | None:
        """A fact, None where it is not known."""


class PastFacts:
    """The facts that are read from the database: the caller's history, the switches, and what a call that we placed is
    `about`, each once a turn. A caller who withholds the number has no history."""

    __slots__ = ("_about", "_call", "_customer", "_found", "_tx")

    def __init__(self, tx: Transaction, customer: str, call: str, about: Facts | None = None) -> None:
        self._tx, self._customer, self._call, self._about = tx, customer, call, about
        self._found: dict[str, str | None] = {}

    def read_all(self, release: Release) -> None:
        """Read now whatever the release may ask for: later this turn holds the writer's lock, and all others wait."""
        for name in filter(stored_elsewhere, release.reads):
            self.get(name)

    def get(self, name: str) -> str | None:
        """A fact by its name."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> str | None:
        match name.split(".", 1):
            case ["caller", "visits"]:
                return str(self._tx.visits(self._customer, self._call)) if self._customer else None
            case ["caller", "open_cases"]:
                return str(self._tx.open_cases(self._customer)) if self._customer else None
            case ["switch", switch]:
                return "yes" if self._tx.switches().get(switch) else "no"
        return self._about.get(name) if self._about else None


def case_due(release: Release, kind: str, started: datetime, priority: str = "") -> Due | None:
    """By when a case of this kind and priority is owed an answer, from the start of its call: the soonest deadline of
    its clocks; None if nothing is owed."""
    rule, calendars = release.cases.get(kind), release.calendars
    found = [deadline(clock, started, calendars) for clock in rule.clocks(priority)] if rule else []
    return min(filter(None, found), key=lambda due: due.at.astimezone(UTC), default=None)
