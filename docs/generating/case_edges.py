"""What leads a case from one status to another, found by making every move of ivr/case/moves.py in every status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from ivr.call.case_kinds import CASE_KINDS
from ivr.case.case import STATUSES, By, Case, CaseEvent
from ivr.case.case_fold import fold
from ivr.case.moves import CALLED_FOR, MOVES, RESULTS, Move, MoveRow, move
from ivr.case.refused import Refused

START = "start"
"""Where a case comes from that is not there yet."""
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
NAMED, OWNER = "chen", "li"


class Edge(NamedTuple):
    """A case goes from one status to another by a move; of a call to the customer, by its result."""

    source: str
    target: str
    word: str


def edges() -> frozenset[Edge]:
    """All that there are."""
    return frozenset([*_openings(), *(edge for case in _cases() for edge in _from(case))])


def staying() -> list[str]:
    """The moves after which every case has the status it had."""
    leading = {edge.word for edge in edges()}
    return [name for name in MOVES if name not in leading and name != "attempted"]


def _openings() -> Iterator[Edge]:
    for kind in CASE_KINDS:
        yield Edge(START, _opened(kind).status, "opened")


def _opened(kind: str) -> Case:
    event = move(None, Move("opened", {"kind": kind, "clock": "none", "opened_at": AT.isoformat()}), _by("caller"), AT)
    assert isinstance(event, CaseEvent), event
    return fold(None, event)


def _cases() -> Iterator[Case]:
    """A case of each status, with the owner it may have then; closed also by its own call, without one."""
    for status in STATUSES:
        for owner in {"open": [None], "closed": [None, OWNER]}.get(status, [OWNER]):
            yield msgspec.structs.replace(_opened("complaint"), status=status, owner=owner)


def _from(case: Case) -> Iterator[Edge]:
    for name, row in MOVES.items():
        if case.status not in row.leads or (name != "attempted" and not _changes(row)):
            continue
        for wanted in _wishes(name, row, case):
            event = move(case, wanted, _by(row.roles[0]), AT)
            assert not isinstance(event, Refused), f"{name} of a case that is {case.status}: {event}"
            if (after := fold(case, event).status) != case.status:
                yield Edge(case.status, after, wanted.given.get("result", name))


def _changes(row: MoveRow) -> bool:
    return any(source != target for source, target in row.leads.items())


def _wishes(name: str, row: MoveRow, case: Case) -> Iterator[Move]:
    """The move with what it needs, in each of the forms that matter to the status."""
    fields = row.fields or {}
    given = (
        {field: of.one_of[0] if of.one_of else NAMED for field, of in fields.items()} if name not in CALLED_FOR else {}
    )
    if "person" in given:
        given["person"] = case.owner or NAMED
    for result in RESULTS if name == "attempted" else [""]:
        for follow_up in (True, False):
            yield Move(name, {**given, "result": result} if result else given, follow_up=follow_up)


def _by(role: str) -> By:
    return By(role if role in ("caller", "system") else OWNER, role)
