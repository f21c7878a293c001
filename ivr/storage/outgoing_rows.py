"""Calls to customers as stored: what a transaction reads of them, and what is read and changed outside of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ivr.service.outgoing.outgoing_rows import AttemptRow, BlockedRow, FollowUpRow
from ivr.storage.outgoing_statements import COUNTER

Values = Mapping[str, Any]
_ATTEMPT = len(AttemptRow._fields)
MOST_PAGE = 500


def _keys(keys: Sequence[str]) -> dict[str, str]:
    return {"key": keys[0], "other_key": keys[-1]}


def _both(row: Sequence[Any]) -> tuple[AttemptRow, FollowUpRow]:
    return AttemptRow._make(row[:_ATTEMPT]), _follow_up(row[_ATTEMPT:])


def _follow_up(row: Sequence[Any]) -> FollowUpRow:
    made = FollowUpRow._make(row)
    return made._replace(simulated=bool(made.simulated))


class OutgoingReading(ABC):
    """What a transaction reads of calls to customers."""

    __slots__ = ()
    sql: Any

    @abstractmethod
    def found(self, text: str, values: Values) -> Iterable[Any]:
        """The rows that a statement finds."""

    def _outgoing(self, name: str, values: Values) -> Iterable[Any]:
        return self.found(self.sql.outgoing[name], values)

    def follow_up(self, follow_up: str) -> FollowUpRow | None:
        return next(map(_follow_up, self._outgoing("read_follow_up", {"follow_up": follow_up})), None)

    def follow_ups(self, number: int) -> Sequence[FollowUpRow]:
        return list(map(_follow_up, self._outgoing("follow_ups_of_case", {"number": number})))

    def attempt(self, attempt: str) -> tuple[AttemptRow, FollowUpRow] | None:
        return next(map(_both, self._outgoing("read_attempt", {"attempt": attempt})), None)

    def attempts(self, follow_up: str) -> Sequence[AttemptRow]:
        return list(map(AttemptRow._make, self._outgoing("attempts_of", {"follow_up": follow_up})))

    def phoned_since(self, keys: Sequence[str], since: str) -> Sequence[tuple[str, str]]:
        rows = self._outgoing("phoned_since", {**_keys(keys), "since": since})
        return [(row[0], row[1]) for row in rows]

    def dialled_since(self, flow: str, since: str) -> int:
        return int(next(iter(self._outgoing("dialled_since", {"flow": flow, "since": since})))[0])

    def next_dial(self, flow: str) -> int:
        found = next(iter(self._outgoing("next_dial", {"name": COUNTER.format(flow=flow)})), None)
        return int(found[0]) if found else 0

    def blocked_number(self, keys: Sequence[str]) -> BlockedRow | None:
        return next(map(BlockedRow._make, self._outgoing("blocked", _keys(keys))), None)


class OutgoingRows(ABC):
    """The part of the port `Store` that is about calls to customers."""

    sql: Any

    @abstractmethod
    def read(self, text: str, values: Values) -> list[Any]:
        """What a statement finds."""

    @abstractmethod
    def run(self, text: str, values: Values, *, returns: bool = True) -> list[Any]:
        """A statement that writes, committed; the rows it returns."""

    def _found(self, name: str, values: Values) -> list[Any]:
        return self.read(self.sql.outgoing[name], values)

    def due_follow_ups(self, flow: str, now: str, of: tuple[bool, bool], most: int) -> Sequence[FollowUpRow]:
        values = {"flow": flow, "now": now, "least": of[0], "simulated": of[1], "most": most}
        return list(map(_follow_up, self._found("due_follow_ups", values)))

    def live_attempts(self, state: str, before: str, most: int) -> Sequence[tuple[AttemptRow, FollowUpRow]]:
        return list(map(_both, self._found("live_attempts", {"state": state, "before": before, "most": most})))

    def outgoing_attempt(self, attempt: str) -> tuple[AttemptRow, FollowUpRow] | None:
        return next(map(_both, self._found("read_attempt", {"attempt": attempt})), None)

    def attempts_of(self, follow_up: str) -> Sequence[AttemptRow]:
        return list(map(AttemptRow._make, self._found("attempts_of", {"follow_up": follow_up})))

    def follow_ups_of(self, number: int) -> Sequence[FollowUpRow]:
        return list(map(_follow_up, self._found("follow_ups_of_case", {"number": number})))

    def follow_ups_to(self, keys: Sequence[str], most: int = 20) -> Sequence[FollowUpRow]:
        return list(map(_follow_up, self._found("follow_ups_to", {**_keys(keys), "most": most})))

    def follow_ups_page(self, after: str = "", most: int = MOST_PAGE) -> Sequence[FollowUpRow]:
        return list(map(_follow_up, self._found("follow_ups_page", {"after": after, "most": most})))

    def is_known_call(self, call: str) -> bool:
        return bool(self._found("known_call", {"call": call}))

    def blocked_page(self, after: str = "", most: int = MOST_PAGE) -> Sequence[BlockedRow]:
        return list(map(BlockedRow._make, self._found("blocked_page", {"after": after, "most": most})))

    def unblock(self, keys: Sequence[str]) -> bool:
        if not self.run(self.sql.outgoing["unblock"], _keys(keys)):
            return False
        self.run(self.sql.outgoing["revive"], _keys(keys))
        return True

    def set_switch(self, name: str, *, on: bool) -> None:
        self.run(self.sql.outgoing["set_switch"], {"name": name, "on": on}, returns=False)

    def secret(self, name: str, new: str = "") -> str:
        found = self._found("secret", {"name": name})
        if found or not new:
            return str(found[0][0]) if found else ""
        self.run(self.sql.outgoing["keep_secret"], {"name": name, "value": new}, returns=False)
        return str(self._found("secret", {"name": name})[0][0])
