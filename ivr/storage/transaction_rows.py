"""The readings of a transaction that are the same on every database: cases, and answers that were kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from ivr.service.rows import CaseEventRow, CaseRow, KeptAnswer
from ivr.storage.kept_writes import KeptWrites, Values
from ivr.storage.outgoing_rows import OutgoingReading
from ivr.storage.statements import Statements


class TransactionRows(KeptWrites, OutgoingReading):
    """A transaction whose database says how rows are `found`."""

    __slots__ = ()
    sql: Statements

    @abstractmethod
    def found(self, text: str, values: Values) -> Iterable[Any]:
        """The rows that a statement finds."""

    def cases(self, call: str) -> Sequence[CaseRow]:
        return self._cases(self.sql.read_cases, {"call": call})

    def case(self, number: int) -> CaseRow | None:
        return next(iter(self._cases(self.sql.read_case, {"number": number})), None)

    def _cases(self, text: str, values: Values) -> Sequence[CaseRow]:
        found = list(map(CaseRow._make, self.found(text, values)))
        self.known_cases.update({row.number: row for row in found})
        return found

    def case_events(self, number: int) -> Sequence[CaseEventRow]:
        return list(map(CaseEventRow._make, self.found(self.sql.read_case_events, {"number": number})))

    def kept_answer(self, key: str) -> KeptAnswer | None:
        return next(map(KeptAnswer._make, self.found(self.sql.read_answer, {"key": key})), None)
