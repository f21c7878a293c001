"""What a call that we placed begins from, and what its flow can ask: who has answered, and of the case it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.call.facts import ANSWERED_BY, TAKEN
from ivr.case.case import UNDECIDED, Case, priority
from ivr.flow.model import Release
from ivr.service.calls.opening import CallDetails, Opening
from ivr.service.calls.turn_facts import case_due
from ivr.service.calls.turn_in_progress import TurnInProgress
from ivr.service.cases.case_rows import case_of
from ivr.service.ports import Store

Explains = Callable[[CallDetails], Opening | None]


def by_attempt(store: Store, otherwise: Explains) -> Explains:
    """The opening of a call whose URL names an attempt: its flow, in the customer's language. None where there is no
    such attempt, or it has become another call. Calls that name none are explained `otherwise`."""

    def opening(details: CallDetails) -> Opening | None:
        if not details.attempt:
            return otherwise(details)
        found = store.outgoing_attempt(details.attempt)
        if found is None or found[0].call not in (None, details.call):
            return None
        attempt, row = found
        return Opening(
            direction="outgoing",
            entry=row.flow,
            language=row.language,
            simulated=row.simulated,
            attempt=attempt.attempt,
        )

    return opening


class AboutAttempt:
    """The facts of an attempt and of its case, read when first asked for."""

    __slots__ = ("_case", "_exchange", "_name", "_number", "_read", "_release", "_who")

    def __init__(self, exchange: TurnInProgress, release: Release, name: str) -> None:
        self._exchange, self._release, self._name = exchange, release, name
        self._read = False
        self._case: Case | None = None
        self._number, self._who = 0, ""

    def get(self, name: str, /) -> str | None:
        """A fact by its name, None where it is not known."""
        taken = f"case.{TAKEN}."
        if name != ANSWERED_BY and not name.startswith(taken):
            return None
        self._look()
        if name == ANSWERED_BY:
            return self._who or "unknown"
        return self._of_case(self._case, name.removeprefix(taken)) if self._case else None

    def _look(self) -> None:
        if self._read:
            return
        self._read, tx = True, self._exchange.tx
        found = tx.attempt(self._name)
        if found is None:
            return
        attempt, row = found
        self._who = self._exchange.webhook.answered_by or attempt.answered_by or ""
        case = tx.case(row.number) if row.number is not None else None
        if case is not None:
            self._number, self._case = case.number, case_of(case)

    def _of_case(self, case: Case, what: str) -> str | None:
        match what:
            case "number":
                return str(self._number)
            case "kind":
                return case.kind
            case "opened":
                return self._day(case.opened_at)
            case "told":
                return self._day(case.life.told_at) if case.life.told_at else None
            case "due":
                return case.due
            case "caller_name":
                return (case.personal or {}).get("name")
            case "due_again":
                if case.due and case.status in (*UNDECIDED, "decided"):
                    return case.due  # it is open again: what is said is what is on record
                due = case_due(self._release, case.kind, self._exchange.now, priority(case))
                return due.day.isoformat() if due else None
        return None

    def _day(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self._release.time_zone)).date().isoformat()
