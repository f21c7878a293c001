"""What a chaos run finds in the database when it is over, call by call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chaos_judge import CallRecord, TurnRow
from sqlalchemy import Select, select

from ivr.app.database import Database
from ivr.call.events import Ended
from ivr.call.state import encode_state
from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.ledger import Broken
from ivr.carrier.line import Reply
from ivr.case.case import taken_down
from ivr.engine.conclude import conclude, ending_of, person_asked, said_of_end
from ivr.engine.placed import result_of
from ivr.engine.turn import Turn
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.service.calls.replay_call import replay_call
from ivr.service.cases.case_rows import case_of
from ivr.service.ports import Ports
from ivr.service.rows import CaseRow
from ivr.simulate.audit.audited_call import AuditedCall
from ivr.simulate.audit.case_invariants import check_cases, check_log
from ivr.simulate.audit.path import check_path
from ivr.storage.tables import calls, cases, recordings, turns

NAMES = {"I2": "cases", "I3": "replay", "I7": "cases"}
"""How the audit of random calls names what is called otherwise here."""

MOST_OVERDUE = 1000


class Record:
    """An open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def ports(self) -> Ports:
        """The ports that read it."""
        return self._database.ports

    def names(self) -> set[str]:
        """All calls on record."""
        return {row[0] for row in self._rows(select(calls.c.call))}

    def open_calls(self) -> set[str]:
        """The calls that have no end."""
        return {row[0] for row in self._rows(select(calls.c.call).where(calls.c.ended_at.is_(None)))}

    def backward_calls(self) -> int:
        """How many calls had their last turn before they began: by clocks that differ, or never."""
        wanted = select(calls.c.call).where(calls.c.last_turn_at < calls.c.started_at, calls.c.turns_taken > 1)
        return len(self._rows(wanted))

    def swept_or_overdue(self) -> set[str]:
        """The calls a sweep has ended, and those the next one would, by the store's clock."""
        swept = self._rows(select(calls.c.call).where(calls.c.ended_by == "sweeper"))
        return {row[0] for row in swept} | set(self.ports.store.overdue_calls(MOST_OVERDUE))

    def call(self, call: str) -> CallRecord:
        """One call."""
        found = self._rows(select(calls.c.turns_taken, calls.c.ended_by).where(calls.c.call == call))
        taken, ended_by = found[0] if found else (None, None)
        wanted = select(turns.c.turn, turns.c.fingerprint, turns.c.reply).where(turns.c.call == call)
        rows = [
            TurnRow(turn, None if print_ is None else bytes(print_), (reply or "").encode())
            for turn, print_, reply in self._rows(wanted.order_by(turns.c.turn))
        ]
        numbers = [row[0] for row in self._rows(select(cases.c.number).where(cases.c.call == call))]
        kept = [row[0] for row in self._rows(select(recordings.c.recording).where(recordings.c.call == call))]
        return CallRecord(taken, rows, ended_by, numbers, kept)

    def replayed(self, call: str) -> list[Broken]:
        """What does not come out the same when the call is taken again from its inputs: events, words, state, cases."""
        records = self._database.audited
        row = records.call(call)
        if row is None or not row.turns_taken:
            return []
        try:
            release, taken = replay_call(self.ports, call)
            again = list(taken)
        except NoSuch as gone:
            return [Broken("replay", str(gone))]
        rows, found = records.turns(call), [case.row for case in records.of_call(call)]
        sent = [_delivered(turn.reply or "") for turn in rows]
        audited = AuditedCall(sent, row, rows, found, release, again, ())
        broken = [*check_path(audited), *check_cases(audited), *check_log(found, records)]
        found_here = [*self._state(call, again), *self._end(call, release, again, found)]
        return [Broken(NAMES[one.invariant], one.what) for one in broken] + found_here

    def _state(self, call: str, again: Sequence[Turn]) -> Iterator[Broken]:
        stored = self._rows(select(calls.c.state).where(calls.c.call == call))[0][0]
        if again and (stored is None or bytes(stored) != encode_state(again[-1].state)):
            yield Broken("replay", "the state on record is not the one its inputs lead to")

    def _end(self, call: str, release: Release, again: Sequence[Turn], found: Sequence[CaseRow]) -> Iterator[Broken]:
        """The end is the same whatever came first, the last turn or the news of the end, and is concluded once more."""
        wanted = select(calls.c.disposition, calls.c.ending).where(calls.c.call == call, calls.c.ended_at.is_not(None))
        events = [(n, event) for n, turn in enumerate(again, 1) for event in turn.events]
        person = person_asked(None, release, [event for _, event in events])
        said = next(((n, event.disposition) for n, event in reversed(events) if isinstance(event, Ended)), None)
        noted = self._rows(select(turns.c.turn).where(turns.c.call == call, turns.c.note == "hung up"))
        if said and person == "answered" and said[0] in {row[0] for row in noted}:
            said = None  # said to nobody
        word, down = said[1] if said else None, [taken_down(case_of(case)) for case in found]
        told = said_of_end(word, result_of(again[-1].state.call) if again else None)
        expected = (
            conclude(said=word, person=person, whole_case=any(not case.partial for case in found)),
            ending_of(began=True, said=told, person=person, whole_case=any(down), partial_case=not all(down)),
        )
        for row in self._rows(wanted):
            if tuple(row) != expected:
                yield Broken("ends", f"it ended {row[0]}, {row[1]}; its turns and cases lead to {', '.join(expected)}")

    def _rows(self, wanted: Select[Any]) -> Sequence[Any]:
        return self._database.audited.rows(wanted)


def _delivered(reply: str) -> DeliveredRequest:
    return DeliveredRequest("", (), Reply(200, "text/xml; charset=utf-8", reply.encode()))
