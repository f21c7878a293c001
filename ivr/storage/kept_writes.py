"""What a transaction has been told to write, kept until it commits: short is the time in which others wait."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from ivr.service.outgoing.outgoing_rows import AttemptRow, BlockedRow, Claim, FollowUpRow
from ivr.service.rows import CallRow, CaseEventRow, CaseRow, KeptAnswer, RecordingRow, TurnRecord, stamp
from ivr.storage.outgoing_writes import outgoing_writes
from ivr.storage.statements import RowStatement, Statements
from ivr.storage.tables import ADVANCED
from ivr.storage.write import Write

Values = Mapping[str, Any]
CALL_FIXED = itemgetter(*(n for n, name in enumerate(CallRow._fields) if name not in ADVANCED["calls"]))
CASE_FIXED = itemgetter(*(n for n, name in enumerate(CaseRow._fields) if name not in ADVANCED["cases"]))


class KeptWrites(ABC):
    """The writing half of the port `Transaction`, the same for every database. The reading half says which rows are
    `known`, as they were read."""

    __slots__ = (
        "answer",
        "answers_before",
        "blocked",
        "calls_written",
        "cases_written",
        "claimed",
        "ended_work",
        "followed_up",
        "known_calls",
        "known_cases",
        "recordings",
        "release",
        "turn",
    )

    def __init__(self) -> None:
        self.known_calls: dict[str, CallRow] = {}
        self.known_cases: dict[int, CaseRow] = {}
        self.calls_written: list[CallRow] = []
        self.turn: TurnRecord | None = None
        self.release: str | None = None
        self.cases_written: list[tuple[CaseRow, Sequence[CaseEventRow]]] = []
        self.recordings: list[tuple[RecordingRow, bool]] = []
        self.answer: KeptAnswer | None = None
        self.answers_before: str | None = None
        self.ended_work: tuple[int, str, timedelta | None] | None = None
        self.followed_up: list[tuple[FollowUpRow, Sequence[AttemptRow]]] = []
        self.claimed: Claim | None = None
        self.blocked: list[BlockedRow] = []

    def put_call(self, row: CallRow) -> None:
        self.calls_written.append(row)

    def add_turn(self, turn: TurnRecord) -> None:
        self.turn = turn

    def require_release(self, release: str) -> None:
        self.release = release

    def put_case(self, row: CaseRow, events: Sequence[CaseEventRow]) -> None:
        self.cases_written.append((row, events))

    def keep_answer(self, answer: KeptAnswer) -> None:
        self.answer = answer

    def drop_answers(self, made_before: str) -> None:
        self.answers_before = made_before

    def put_recording(self, row: RecordingRow, *, fill: bool = False) -> None:
        self.recordings.append((row, fill))

    def end_work(self, piece: int, worker: str, again: timedelta | None) -> None:
        self.ended_work = piece, worker, again

    def put_follow_up(self, row: FollowUpRow, attempts: Sequence[AttemptRow] = ()) -> None:
        self.followed_up.append((row, attempts))

    def claim(self, claim: Claim) -> None:
        self.claimed = claim

    def block(self, row: BlockedRow) -> None:
        self.blocked.append(row)

    @property
    def outgoing_written(self) -> bool:
        """Whether anything about calls to customers is to be written."""
        return bool(self.followed_up or self.claimed or self.blocked)

    @abstractmethod
    def now(self) -> datetime:
        """The store's clock."""

    def writes(self, sql: Statements) -> Iterator[Write]:
        """Everything kept, in order; the guarded statements first."""
        if self.ended_work is not None:
            piece, worker, again = self.ended_work
            due_at = None if again is None else stamp(self.now() + again)
            ended = sql.drop_work if again is None else sql.repeat_work
            yield Write(ended.text, ended.values((piece, worker, due_at)), "store.conflict.work")
        yield from outgoing_writes(self, sql.outgoing_row)
        for call in self.calls_written:
            yield self.call_written(sql, call)
        for case, events in self.cases_written:
            yield self.case_written(sql, case, len(events))
            for event in events:
                yield Write(sql.insert_case_event.text, sql.insert_case_event.values(event))
        if self.answer is not None:
            yield Write(sql.insert_answer.text, sql.insert_answer.values(self.answer))
        if self.answers_before is not None:
            yield Write(sql.drop_answers, (self.answers_before,), any_number=True)
        if self.turn is not None:
            yield Write(sql.insert_turn.text, sql.insert_turn.values(self.turn))
        for recording, fill in self.recordings:
            put = sql.fill_recording if fill else sql.put_recording
            yield Write(put.text, put.values(recording), any_number=True)

    def call_written(self, sql: Statements, row: CallRow) -> Write:
        """How to write a call's row."""
        known = self.known_calls.get(row.call)
        advanced = known is not None and CALL_FIXED(row) == CALL_FIXED(known)
        return _written(sql.insert_call, sql.advance_call if advanced else sql.update_call, row, 1)

    def case_written(self, sql: Statements, row: CaseRow, events: int) -> Write:
        """How to write a case's row."""
        known = self.known_cases.get(row.number)
        advanced = known is not None and CASE_FIXED(row) == CASE_FIXED(known)
        return _written(sql.insert_case, sql.advance_case if advanced else sql.update_case, row, events)


def _written(insert: RowStatement, update: RowStatement, row: CallRow | CaseRow, raised: int) -> Write:
    if row.version == 0:
        return Write(insert.text, insert.values(row._replace(version=raised)), "store.conflict.new")
    return Write(update.text, update.values((*row, raised)), "store.conflict.version")
