"""Cases from a turn's events, written in the turn's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivr.call.case_number import case_number
from ivr.call.events import CaseEvent
from ivr.service.calls.turn_in_progress import TurnTaken
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.cases.first_analysis import Beside, analysed
from ivr.service.cases.said_in_turn import said_in_turn
from ivr.service.ports import Transaction
from ivr.service.rows import CaseRow


class KeptCases(NamedTuple):
    """All cases of a call as a turn leaves them, which its transaction itself cannot read yet; None where the turn says
    nothing of any: then they were not read. `opened` are the kinds of those that it has opened."""

    rows: Sequence[CaseRow] | None = None
    opened: Sequence[str] = ()


def keep_cases(tx: Transaction, taken: TurnTaken) -> KeptCases:
    """Append what the turn says to the logs of its call's cases."""
    if not any(isinstance(event, CaseEvent) for event in taken.turn.events):
        return KeptCases()
    header = taken.before.header
    rows = {row.kind: row for row in tx.cases(header.call)}
    before = set(rows)
    for kind, (case, events) in said_in_turn(taken, {kind: case_of(row) for kind, row in rows.items()}).items():
        if events:
            beside = Beside(taken.stored.at, call=taken.turn.state.call, counted=kind in before)
            if found := analysed(tx, taken.before.release, case, beside):
                case, events = found[0], [*events, found[1]]
            number, read = case_number(header.number, case.kind), rows[kind].version if kind in rows else 0
            rows[kind] = case_row(number, case)
            tx.put_case(rows[kind]._replace(version=read), [event_row(number, event) for event in events])
    return KeptCases(list(rows.values()), [kind for kind in rows if kind not in before])
