"""Moves of many people on the same cases: on both databases the row is what the log folds to, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from small import small_release

from ivr.call.case_number import case_number
from ivr.case.case import By, CaseEvent
from ivr.case.case_fold import fold, folded
from ivr.case.moves import MOVES, OUTCOMES, RESULTS, TOLD_BY, Move, move
from ivr.case.refused import Refused
from ivr.config import Settings
from ivr.service.cases.case_rows import case_row, event_of, event_row
from ivr.service.cases.keep_move import Changed, keep_move
from ivr.service.ports import Ports, Store
from ivr.service.rows import CaseEventRow, CaseRow
from ivr.storage.opening import open_store

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
PEOPLE = (By("li", "agent"), By("zhao", "agent", ("cards",)), By("wang", "lead"), By("sun", "quality"),
          By("system", "system"), By("anna", "auditor"))  # fmt: skip
TEXTS = ("ok", "li", "zhao", "wang", "chen", "cn-2020+30", "2026-03-02", "648808661", "+862155500124", "group", "high",
         *OUTCOMES, *TOLD_BY, *RESULTS)  # fmt: skip


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = open_store(Settings(database_url=database_url, sqlite_sync="OFF"), lambda: datetime.now(UTC))
    yield made
    made.close()


@pytest.fixture
def ports(store: Store, monkeypatch: pytest.MonkeyPatch) -> Ports:
    """A hotline whose release is live in name only: moves need its calendars, and no call."""
    release = small_release()
    monkeypatch.setattr(type(store), "current_release", lambda self: "small")
    clock = iter(AT + timedelta(minutes=n) for n in range(1_000_000))
    return Ports(store=store, render=lambda *_: "", release=lambda _: release, clock=lambda: next(clock), farewell="",
                 apology=lambda _: "")  # fmt: skip


def opened(store: Store, call: int) -> int:
    """A complaint that is on record, as a call leaves it."""
    number = case_number(call, "complaint")
    given = {"kind": "complaint", "clock": "cn-2020", "opened_at": AT.isoformat(), "customer": "+862155500123",
             "due_at": "2026-03-17T15:59:59+00:00", "due": "2026-03-17", "simulated": "no"}  # fmt: skip
    event = move(None, Move("opened", given), By("caller", "caller"), AT)
    assert isinstance(event, CaseEvent)
    with store.transaction() as tx:
        tx.put_case(case_row(number, fold(None, event))._replace(version=0), [event_row(number, event)])
    return number


def checked(store: Store, number: int) -> CaseRow:
    """The row, which its log folds to, each event once and in order."""
    with store.transaction() as tx:
        row, log = tx.case(number), tx.case_events(number)
    assert row is not None
    row = row._replace(partial=bool(row.partial), simulated=bool(row.simulated))
    assert [event.seq for event in log] == list(range(1, row.version + 1))
    assert case_row(number, folded([event_of(event) for event in log])) == row
    return row


def some_move(chance: random.Random) -> tuple[Move, By]:
    kind = chance.choice([*MOVES])
    fields = MOVES[kind].fields or {}
    given = {name: chance.choice(field.one_of or TEXTS) for name, field in fields.items() if chance.random() < 0.9}
    return Move(kind, given), chance.choice(PEOPLE)


def test_any_moves_in_any_order_keep_the_row_what_its_log_makes(store: Store, ports: Ports) -> None:
    made = refused = 0
    for seed in range(30):
        chance, number = random.Random(seed), opened(store, seed + 1)
        for _ in range(25):
            wanted, by = some_move(chance)
            if wanted.kind == "opened":
                continue
            done = keep_move(ports, number, wanted, by)
            assert not isinstance(done, Changed)
            if isinstance(done, Refused):
                assert str(done).endswith(".") and done.why.in_language("zh-CN").endswith("。")
            made, refused = made + isinstance(done, CaseRow), refused + isinstance(done, Refused)
        checked(store, number)
    assert made > 60 and refused > 60, "both ways are walked"


def test_of_people_who_look_at_the_same_version_one_moves_and_the_others_are_told(store: Store, ports: Ports) -> None:
    number = opened(store, 1)

    def note(n: int) -> CaseRow | Refused | Changed:
        try:
            return keep_move(ports, number, Move("noted", {"text": f"note {n}"}), By(f"p{n}", "agent"), version=1)
        finally:
            store.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(note, range(8)))
    lost = [each for each in done if isinstance(each, Changed)]
    assert sum(isinstance(each, CaseRow) for each in done) == 1 and len(lost) == 7
    winner = next(each for each in done if isinstance(each, CaseRow))
    assert winner.version == 2 and all(each.since[0].kind == "noted" for each in lost)
    assert checked(store, number).version == 2


def test_nobody_s_note_is_lost_when_all_write_at_once(store: Store, ports: Ports) -> None:
    numbers = [opened(store, call) for call in range(1, 4)]

    def notes(person: int) -> None:
        for n in range(20):
            done = keep_move(ports, numbers[n % 3], Move("noted", {"text": f"{person}.{n}"}), By(f"p{person}", "agent"))
            assert isinstance(done, CaseRow)
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(notes, range(4)))
    assert sum(checked(store, number).version - 1 for number in numbers) == 80


def test_a_log_that_was_changed_by_hand_is_noticed(store: Store, ports: Ports) -> None:
    number = opened(store, 1)
    keep_move(ports, number, Move("taken"), PEOPLE[0])
    store.connection().execute("UPDATE case_events SET facts = '{}' WHERE seq = 2")  # type: ignore[attr-defined]
    with pytest.raises(AssertionError):
        checked(store, number)


def test_a_link_is_seen_from_both_cases(store: Store, ports: Ports) -> None:
    one, other = opened(store, 1), opened(store, 2)
    for wrong in (str(one), str(case_number(3, "complaint"))):
        assert isinstance(keep_move(ports, one, Move("linked", {"case": wrong, "reason": "same"}), PEOPLE[0]), Refused)
    done = keep_move(ports, one, Move("linked", {"case": f" {other}", "reason": "same matter"}), PEOPLE[0])
    assert isinstance(done, CaseRow)
    links = [event.facts for event in map(event_of, _log(store, other)) if event.kind == "linked"]
    assert links == [{"case": str(one)}]
    assert (checked(store, one).version, checked(store, other).version) == (2, 2)


def _log(store: Store, number: int) -> list[CaseEventRow]:
    with store.transaction() as tx:
        return list(tx.case_events(number))
