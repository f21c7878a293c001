"""The facts of one turn: computed when first read, and noted, so that a replay knows exactly what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.call.case_number import case_number
from ivr.call.events import CASE_KINDS
from ivr.case.clock import Due, due
from ivr.flow.model import Release


class TurnFacts:
    """One door (`get`) to caller, calendar, switches and case numbers, at one instant."""

    __slots__ = ("_more", "_now", "_number", "_release", "_started", "caller", "pinned", "read")

    def __init__(
        self, release: Release, now: datetime, *, started: datetime, number: int, caller: str,
        pinned: Mapping[str, str] | None = None, more: Callable[[str], str | None] | None = None,
    ) -> None:  # fmt: skip
        self._release, self._now, self._started, self._number = release, now, started, number
        self.caller, self.pinned, self._more = caller, pinned or {}, more
        self.read: dict[str, str | None] = {}

    def get(self, name: str, /) -> str | None:
        """A fact by its name, None where it is not known."""
        if name not in self.read:
            self.read[name] = self.pinned[name] if name in self.pinned else self._find(name)
        return self.read[name]

    def _find(self, name: str) -> str | None:
        match name.split("."):
            case ["caller", "phone"]:
                return self.caller if self.caller.startswith("+") else None
            case ["call", "from"]:
                return self.caller or None
            case ["call", "started"]:
                return self._stamp(self._started)
            case ["hours", hours]:
                return self._release.hours[hours].status(self._local()) if hours in self._release.hours else None
            case ["hours", hours, "opens"]:
                opens = self._release.hours[hours].opens(self._local()) if hours in self._release.hours else None
                return self._stamp(opens) if opens else None
            case ["case", kind, what]:
                return self._case(kind, what)
        return self._more(name) if self._more else None

    def _local(self) -> datetime:
        return self._now.astimezone(ZoneInfo(self._release.time_zone))

    def _case(self, kind: str, what: str) -> str | None:
        for known in CASE_KINDS:
            if kind == known and what == "number":
                return str(case_number(self._number, known))
        if what == "kind":
            return kind
        if what == "opened":
            return self._started.astimezone(ZoneInfo(self._release.time_zone)).date().isoformat()
        if what == "due":
            deadline = case_due(self._release, kind, self._started)
            if deadline is None:
                return None
            return self._stamp(deadline.at) if deadline.rule == "two-hours-open" else deadline.day.isoformat()
        return None

    def _stamp(self, at: datetime) -> str:
        """An instant as facts hold it: with the day as the caller would say it."""
        local = at.astimezone(ZoneInfo(self._release.time_zone))
        days = (local.date() - self._local().date()).days
        day = {0: "today", 1: "tomorrow"}.get(days, "later")
        return f"{local.isoformat(timespec='minutes')} {day}"


def case_due(release: Release, kind: str, started: datetime) -> Due | None:
    """By when a case of this kind is owed an answer, from the start of its call."""
    rule = release.cases.get(kind)
    if rule is None:
        return None
    hours = release.hours.get("agents")
    return due(rule.clock, started, ZoneInfo(release.time_zone), release.workdays, hours)
