"""A house that phones its customers: a store of either kind, a small release, and a network that a test leads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from small import small_release

from ivr.case.case import By
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.flow.model import Release
from ivr.service.cases.case_in_hand import CaseInHand
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.cases.keep_move import keep_move
from ivr.service.outgoing.dialler_port import Doubtful, FoundCall, NotPlaced, Placed, Placing, PlacingResult
from ivr.service.outgoing.dialling import Dialling, dial_round
from ivr.service.outgoing.hear import News, hear
from ivr.service.outgoing.number_keys import keys_of
from ivr.service.outgoing.outgoing_rows import SWITCH
from ivr.service.ports import Ports
from ivr.service.retried import retried
from ivr.service.rows import CaseRow, stamp
from ivr.storage.database_url import is_postgres, sqlite_path
from ivr.storage.postgres import PostgresStore
from ivr.storage.sqlite import SqliteStore

TOLD = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday, 10:00 in Shanghai."""
NEXT_MORNING = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
CUSTOMER = "+862155500123"
KEYS = """\
cases: {complaint: {clock: cn-2020, follow_up: main}}
outgoing:
  main: {name: {zh-CN: 示例银行, en-US: Illustrative Bank}, from: "+862155500000", pace: 1s}
"""
URL = "https://ivr.example.com"


class Network:
    """Places what it is told to; `answers` are given in turn, then every call is placed. `calls` are those it has."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock, self.asked, self.answers = clock, list[Placing](), list[Any]()
        self.calls: list[FoundCall] = []
        self.prefix = "CA"

    def place(self, placing: Placing) -> PlacingResult:
        self.asked.append(placing)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, NotPlaced):
            return answer
        if isinstance(answer, Doubtful):
            return answer
        found = self.accept(placing)
        return answer(found) if answer else Placed(found.call)

    def accept(self, placing: Placing) -> FoundCall:
        call = f"{self.prefix}{len(self.calls) + 1:032x}"
        made = FoundCall(
            call=call, to=placing.to, from_number=placing.from_number, status="ringing", created_at=self.clock()
        )
        self.calls.append(made)
        return made

    def find(self, to: str, from_number: str, since: datetime) -> Sequence[FoundCall]:
        return [each for each in reversed(self.calls) if each.to == to and each.created_at >= since]

    def look(self, call: str) -> FoundCall | None:
        return next((each for each in self.calls if each.call == call), None)

    def own_numbers(self) -> Sequence[str]:
        return ["+862155500000"]


class OutgoingHouse:
    """The house. Its clock moves only when a test moves it."""

    def __init__(self, url: str, keys: str = KEYS) -> None:
        self.now = TOLD
        self.store: Any = (
            PostgresStore(url, clock=lambda: self.now)
            if is_postgres(url)
            else SqliteStore(sqlite_path(url), synchronous="OFF", clock=lambda: self.now)
        )
        self.release: Release = small_release(keys=keys)
        self.store.current_release = lambda: "a"
        self.ports = Ports(
            store=self.store, render=lambda *_: "", release=lambda _: self.release, clock=lambda: self.now,
            farewell="", apology=lambda _: "",
        )  # fmt: skip
        self.network = Network(lambda: self.now)
        self.store.set_switch(SWITCH, on=True)

    def dialling(self, **other: Any) -> Dialling:
        return Dialling(**{"ports": self.ports, "dialler": self.network, "allowed": True, "url": URL, **other})

    def round(self, **other: Any) -> dict[str, int]:
        """One round of a worker."""
        return dict(dial_round(self.dialling(**other)))

    def case(
        self, number: int = 1, *, phone: str = CUSTOMER, simulated: bool = False, asked_for_call: Sequence[str] = ()
    ) -> int:
        """A complaint on record that a lead has decided; `asked_for_call` is what its caller said to being called, by
        the second."""
        given = {"kind": "complaint", "clock": "cn-2020", "opened_at": stamp(self.now), "customer": phone,
                 "simulated": "yes" if simulated else "no"}  # fmt: skip
        call, caller = f"CA{number:032x}", By("caller", "caller")
        opened = move(None, Move("opened", given, call, 1, "en-US"), caller, self.now)
        assert not isinstance(opened, Refused), opened
        made, events = fold(None, opened), [opened]
        for n, said in enumerate(asked_for_call, 2):
            self.later(seconds=1)
            noted = move(made, Move("noted", {"asked_for_call": said}, call, n, "en-US"), caller, self.now)
            assert not isinstance(noted, Refused), noted
            made = fold(made, noted)
            events.append(noted)
        retried(
            self.store,
            lambda tx: tx.put_case(
                case_row(number, made)._replace(version=0), [event_row(number, each) for each in events]
            ),
        )
        self.moves(number, ("taken", {}), ("decided", {"outcome": "upheld", "reasons": "r", "answer": "We pay."}))
        return number

    def told(self, number: int = 1, how: str = "phone", **more: Any) -> int:
        """The same, and the customer was told."""
        self.case(number, **more)
        self.moves(number, ("told", {"how": how}))
        return number

    def moves(self, number: int, *wanted: tuple[str, dict[str, str]]) -> None:
        for kind, given in wanted:
            done = keep_move(self.ports, number, Move(kind, given), By("li", "lead"))
            assert isinstance(done, CaseRow), done

    def keys(self, number: str) -> Sequence[str]:
        """All hashes of a number."""
        return keys_of(self.ports, number)

    def with_key(self, key: bytes) -> Ports:
        """The same house once its settings give a key."""
        return replace(self.ports, seal_key=key)

    def follow_up(self, number: int = 1) -> Any:
        return self.store.follow_ups_of(number)[-1]

    def attempts(self, number: int = 1) -> Any:
        return self.store.attempts_of(self.follow_up(number).follow_up)

    def status(self, number: int = 1) -> str:
        with self.store.transaction() as tx:
            row = tx.case(number)
        assert row is not None
        return str(row.status)

    def results(self, number: int = 1) -> list[str]:
        """The results on the case's log."""
        with self.store.transaction() as tx:
            events = tx.case_events(number)
        return [case_events_result(each.facts) for each in events if each.kind == "attempted"]

    def hear(self, attempt: str, **news: Any) -> None:
        """Something is heard of an attempt."""

        def work(tx: Any) -> None:
            known = tx.attempt(attempt)
            assert known is not None
            assert hear(self.ports, tx, known, News(**news))

        retried(self.store, work)

    def run_apart(self, work: Callable[[], object]) -> None:
        """Do it in a thread of its own, as another process would."""
        failed: list[BaseException] = []

        def run() -> None:
            try:
                work()
            except BaseException as raised:
                failed.append(raised)
            finally:
                self.store.close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        assert not failed, failed

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def close(self) -> None:
        self.store.close()


def case_events_result(facts: str) -> str:
    import json

    return str(json.loads(facts)["result"])


__all__ = ["CUSTOMER", "KEYS", "NEXT_MORNING", "TOLD", "CaseInHand", "Network", "OutgoingHouse", "case_of"]
