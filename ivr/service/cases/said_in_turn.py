"""What a turn of a call does to the cases of that call: the moves its events ask for, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from ivr.call.case_kinds import CaseKind
from ivr.call.events import CaseCompleted, CaseEvent, CaseNoted, CaseOpened
from ivr.case.case import By, Case
from ivr.case.case import CaseEvent as Logged
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.service.calls.turn_facts import case_due
from ivr.service.calls.turn_in_progress import TurnTaken
from ivr.service.cases.deadlines import as_facts
from ivr.service.rows import stamp

CALLER = By("caller", "caller")


class CaseSaid(NamedTuple):
    """A case after a turn, and what the turn adds to its log."""

    case: Case
    events: list[Logged]


def said_in_turn(taken: TurnTaken, known: Mapping[str, Case]) -> dict[str, CaseSaid]:
    """By kind the cases the turn speaks of; `known` are those the call has left before."""
    about = sorted((e for e in taken.turn.events if isinstance(e, CaseEvent)), key=lambda event: event.kind)
    return {kind: _said(taken, known.get(kind), list(said)) for kind, said in groupby(about, lambda e: e.kind)}


def _said(taken: TurnTaken, case: Case | None, about: list[CaseEvent]) -> CaseSaid:
    events: list[Logged] = []
    for event in about:
        for wanted in _moves(taken, case, event):
            logged = move(case, wanted, CALLER, taken.stored.at)
            if isinstance(logged, Refused):  # never, by the table: what a caller says is kept
                raise ValueError(f"a caller's move was refused: {logged}")
            case = fold(case, logged)
            events.append(logged)
    assert case is not None
    return CaseSaid(case, events)


def _moves(taken: TurnTaken, case: Case | None, event: CaseEvent) -> Iterator[Move]:
    """A case begins with being opened, also where a flow without an intake completes it."""
    if case is None:
        said = {} if isinstance(event, CaseOpened) else event.fields
        yield _move(taken, "opened", _opening(taken, event.kind, said.get("priority", "")))
    match event:
        case CaseOpened():
            return
        case CaseNoted(fields=fields):
            if any(fields.values()):
                yield _move(taken, "noted", fields)._replace(deadline=_sooner(taken, event.kind, fields))
        case CaseCompleted(fields=fields, outcome=outcome):
            yield _move(taken, outcome or "completed", fields)._replace(deadline=_sooner(taken, event.kind, fields))


def _move(taken: TurnTaken, kind: str, given: Mapping[str, str]) -> Move:
    return Move(kind, given, taken.before.header.call or None, taken.number, taken.turn.state.language)


def _opening(taken: TurnTaken, kind: CaseKind, priority: str) -> dict[str, str]:
    header = taken.before.header
    return {
        "kind": kind,
        "clock": "none",
        "opened_at": stamp(header.started),
        "customer": header.customer,
        "simulated": "yes" if header.simulated else "no",
        **_deadline(taken, kind, priority),
    }


def _sooner(taken: TurnTaken, kind: CaseKind, said: Mapping[str, str]) -> Mapping[str, str]:
    """The deadline of a priority that is said, where it has a clock of its own."""
    rule, priority = taken.before.release.cases.get(kind), said.get("priority", "")
    return _deadline(taken, kind, priority) if rule and priority in rule.by_priority else {}


def _deadline(taken: TurnTaken, kind: CaseKind, priority: str) -> Mapping[str, str]:
    deadline = case_due(taken.before.release, kind, taken.before.header.started, priority)
    return as_facts(deadline, taken.before.release, taken.before.header.started) if deadline else {}
