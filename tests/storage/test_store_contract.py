"""The port `Transaction`, held by both databases: nobody writes over what they have not read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from any_store import NOW, AnyStore, MakeStore, rows, write

from ivr.service.calls.close import new_call
from ivr.service.ports import MOST_COUNTED, Conflict, Transaction
from ivr.service.retried import retried
from ivr.service.rows import CallRow, CaseEventRow, CaseRow, KeptAnswer, RecordingRow, TurnRecord, stamp

CALL = "CA" + "5" * 32
CUSTOMER = "+12025550101"


def call_row(call: str = CALL, customer: str = CUSTOMER) -> CallRow:
    return new_call(call, customer, "+862155500000", NOW)


def turn(number: int, call: str = CALL, **other: Any) -> TurnRecord:
    made = TurnRecord(call, number, stamp(NOW), "turn", b"f" * 12, b"{}", f"<Reply n='{number}'/>", b"d" * 16, None)
    return made._replace(**other)


def case_row(number: int = 11, call: str = CALL, customer: str = CUSTOMER) -> CaseRow:
    return CaseRow(
        number=number, version=0, call=call, ordinal=number % 16, kind="complaint", status="open", partial=True,
        owner=None, turn=1, customer=customer, language="en-US", opened_at=stamp(NOW), due_at=None, due=None,
        clock="none", promised=None, ended_at=None, simulated=False, facts="{}", personal="{}",
    )  # fmt: skip


def event(seq: int, number: int = 11) -> CaseEventRow:
    return CaseEventRow(number, seq, stamp(NOW), "noted", "caller", "caller", CALL, 1, "{}", "{}")


def put(store: AnyStore, *rows: CallRow) -> None:
    for row in rows:
        with store.transaction() as tx:
            tx.put_call(row)


def read(store: AnyStore, call: str = CALL) -> CallRow:
    with store.transaction() as tx:
        found = tx.call(call)
    assert found is not None
    return found


def serve(store: AnyStore, release: str) -> None:
    write(store, f"INSERT INTO releases (hash, body, stored_at) VALUES ('{release}', '{{}}', '')")
    write(store, "DELETE FROM served_releases")
    write(store, f"INSERT INTO served_releases (name, release) VALUES ('live', '{release}')")


def counts(store: AnyStore) -> dict[str, int]:
    tables = ("calls", "turns", "cases", "case_events", "recordings")
    return {name: rows(store, f"SELECT count(*) FROM {name}")[0][0] for name in tables}


def test_a_call_is_read_as_it_was_written(store: AnyStore) -> None:
    whole = call_row()._replace(
        turns_taken=3, number=2**40, release="a" * 64, entry="main", state=b"\x00\xff", language="zh-CN",
        address="sip:王@example.com", expected_by=stamp(NOW + timedelta(minutes=3)), transfer_seconds=4,
        person="answered", status_seq=7, network_end="completed", ended_at=stamp(NOW), ended_by="flow",
        disposition="completed", ending="served", simulated=True,
    )  # fmt: skip
    put(store, whole)
    assert read(store) == whole._replace(version=1)


def test_a_turn_may_hold_any_text(store: AnyStore) -> None:
    told = turn(1, reply="<Say>您好 \U0001f600 ' \" % %(x)s :x ?</Say>", fingerprint=None, note="n" * 5000)
    with store.transaction() as tx:
        tx.put_call(call_row()._replace(turns_taken=1))
        tx.add_turn(told)
    with store.transaction() as tx:
        found = tx.reply(CALL, 1)
        assert found is not None and (found.fingerprint, found.reply) == (None, told.reply)
        assert tx.reply(CALL, 2) is None and tx.reply("CA" + "6" * 32, 1) is None


WRITERS: dict[str, Callable[[Transaction, CallRow], None]] = {
    "the row alone": lambda tx, row: tx.put_call(row),
    "a turn": lambda tx, row: (tx.put_call(row), tx.add_turn(turn(2)))[0],
    "a turn with a case": lambda tx, row: (
        tx.put_call(row), tx.add_turn(turn(2)), tx.put_case(case_row(), [event(1)])
    )[0],
    "a turn with a recording": lambda tx, row: (
        tx.put_call(row), tx.add_turn(turn(2)), tx.put_recording(RecordingRow("RE1", CALL, 2))
    )[0],
}  # fmt: skip


@pytest.mark.parametrize("what", WRITERS)
def test_the_second_of_two_writers_who_read_the_same_is_refused_and_leaves_nothing(store: AnyStore, what: str) -> None:
    put(store, call_row())
    as_read = read(store)
    put(store, as_read._replace(disposition="completed"))
    before = counts(store)
    with pytest.raises(Conflict), store.transaction() as tx:
        WRITERS[what](tx, as_read._replace(disposition="abandoned"))
    assert (read(store).version, read(store).disposition) == (2, "completed")
    assert counts(store) == before


@pytest.mark.parametrize("what", WRITERS)
def test_a_call_that_is_on_record_by_now_is_a_conflict(store: AnyStore, what: str) -> None:
    put(store, call_row())
    before = counts(store)
    with pytest.raises(Conflict), store.transaction() as tx:
        WRITERS[what](tx, call_row())
    assert counts(store) == before


def test_a_turn_that_was_taken_by_now_is_a_conflict(store: AnyStore) -> None:
    put(store, call_row())
    with store.transaction() as tx:
        tx.put_call(read(store)._replace(turns_taken=1))
        tx.add_turn(turn(1))
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.put_call(read(store)._replace(disposition="completed"))
        tx.add_turn(turn(1, reply="<Other/>"))
    assert read(store).disposition is None


def test_the_second_writer_of_a_case_is_refused_with_all_it_brought(store: AnyStore) -> None:
    with store.transaction() as tx:
        tx.put_case(case_row(), [event(1)])
    with store.transaction() as tx:
        found = tx.case(11)
        assert found is not None
        tx.put_case(found._replace(status="in_progress"), [event(2), event(3)])
    put(store, call_row())
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.put_call(read(store)._replace(disposition="completed"))
        tx.put_case(found._replace(status="open"), [event(2)])
    with store.transaction() as tx:
        assert [(row.version, row.status, bool(row.partial)) for row in tx.cases(CALL)] == [(3, "in_progress", True)]
        assert [known.seq for known in tx.case_events(11)] == [1, 2, 3]
    assert read(store).disposition is None


def test_a_transaction_left_by_an_error_has_changed_nothing(store: AnyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.put_call(call_row())
        tx.next_number()
        raise ZeroDivisionError
    with store.transaction() as tx:
        assert tx.call(CALL) is None


def test_a_transaction_does_not_see_what_it_writes(store: AnyStore) -> None:
    with store.transaction() as tx:
        tx.put_call(call_row())
        tx.put_case(case_row(), [event(1)])
        assert tx.call(CALL) is None and tx.cases(CALL) == []


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("with_case", [False, True])
def test_a_call_never_begins_on_a_release_that_is_not_live_any_more(
    store: AnyStore, *, known: bool, with_case: bool
) -> None:
    if known:
        put(store, call_row())

    def begin(release: str) -> None:
        with store.transaction() as tx:
            row = tx.call(CALL) or call_row()
            tx.require_release(release)
            if with_case:
                tx.put_case(case_row(), [event(1)])
            tx.put_call(row._replace(turns_taken=1, release=release))
            tx.add_turn(turn(1))

    serve(store, "new")
    before = counts(store)
    with pytest.raises(Conflict):
        begin("old")
    assert counts(store) == before
    begin("new")
    assert read(store).release == "new" and counts(store)["turns"] == 1


def test_no_number_is_given_twice(make_store: MakeStore) -> None:
    stores = [make_store() for _ in range(4)]

    def take(store: AnyStore) -> list[int]:
        with closing(store):
            return [retried(store, lambda tx: tx.next_number()) for _ in range(25)]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for taken in pool.map(take, stores) for number in taken]
    assert len(set(numbers)) == 100 and min(numbers) == 1


def test_no_writer_is_lost_among_many(make_store: MakeStore) -> None:
    stores = [make_store() for _ in range(4)]
    put(stores[0], call_row())
    together = threading.Barrier(4)

    def add(store: AnyStore) -> int:
        def work(tx: Transaction) -> None:
            row = tx.call(CALL)
            assert row is not None
            tx.put_call(row._replace(turns_taken=row.turns_taken + 1))

        together.wait(30)
        done = 0
        for _ in range(20):
            try:
                retried(store, work)
                done += 1
            except Conflict:
                pass
        store.close()
        return done

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(add, stores))
    assert done and read(stores[0]).turns_taken == done and read(stores[0]).version == done + 1


def test_a_recording_keeps_what_is_known(store: AnyStore) -> None:
    url = "https://example.com/RE1"
    for news, fill in (
        (RecordingRow("RE1", CALL, 4, seconds=14), True),
        (RecordingRow("RE1", CALL, 4, seconds=15, status="completed"), False),
        (RecordingRow("RE1", CALL, 4, seconds=14, url=url), True),
        (RecordingRow("RE1", CALL), False),
        (RecordingRow("RE1", "CA" + "6" * 32, 9, url="https://example.com/other", seconds=1), False),
    ):
        with store.transaction() as tx:
            tx.put_recording(news, fill=fill)
    found = rows(store, "SELECT call, turn, url, seconds, status, transcript FROM recordings")
    assert [tuple(row) for row in found] == [(CALL, 4, url, 15, "completed", None)]


def test_the_history_of_a_number_leaves_out_this_call_and_what_was_simulated(store: AnyStore) -> None:
    put(store, *(call_row(f"CA{n}") for n in range(4)), call_row("CA4", "+12025550102"))
    put(store, call_row("CA5")._replace(simulated=True))
    with store.transaction() as tx:
        for n, other in enumerate(({}, {"ended_at": stamp(NOW)}, {"simulated": True}, {"customer": "+12025550102"})):
            tx.put_case(case_row(11 + n)._replace(**other), [event(1, 11 + n)])
    with store.transaction() as tx:
        assert (tx.visits(CUSTOMER, "CA1"), tx.visits(CUSTOMER, "CA9"), tx.visits("+1", "CA1")) == (3, 4, 0)
        assert (tx.open_cases(CUSTOMER), tx.open_cases("+1")) == (1, 0)


def test_a_number_that_phones_all_day_is_counted_only_so_far(store: AnyStore) -> None:
    columns = "call, version, turns_taken, direction, customer, line, started_at, last_turn_at, expected_by, "
    columns += "transfer_seconds, status_seq, simulated"
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) "
    values = f"'CA' || i, 1, 0, 'incoming', '{CUSTOMER}', '', '', '', '', 0, -1, false"
    write(store, f"INSERT INTO calls ({columns}) {numbers} SELECT {values} FROM n")
    with store.transaction() as tx:
        assert tx.visits(CUSTOMER, "CA1") == MOST_COUNTED


def test_overdue_are_the_calls_that_go_on_and_are_late_by_the_store_s_clock(store: AnyStore) -> None:
    late, later = stamp(NOW - timedelta(microseconds=1)), stamp(NOW)
    put(
        store,
        call_row("CA3")._replace(expected_by=late),
        call_row("CA1")._replace(expected_by=late),
        call_row("CA2")._replace(expected_by=later),
        call_row("CA4")._replace(expected_by=late, ended_at=late),
    )
    assert store.overdue_calls(10) == ["CA1", "CA3"] and store.overdue_calls(1) == ["CA1"]


def test_switches_are_read_as_yes_or_no(store: AnyStore) -> None:
    write(store, "INSERT INTO switches (name, \"on\") VALUES ('night', true), ('flood', false)")
    with store.transaction() as tx:
        assert tx.switches() == {"night": True, "flood": False}


def test_a_release_or_call_that_is_not_there_is_none(store: AnyStore) -> None:
    assert store.current_release() is None
    assert store.release_body("x") is None
    assert store.stored_call(CALL) is None


def test_checking_whether_it_can_be_written_changes_nothing_of_meaning(store: AnyStore) -> None:
    store.check_writable()
    assert not any(counts(store).values())
    with store.transaction() as tx:
        assert tx.next_number() == 1


def test_an_answer_is_kept_once_and_removed_by_its_age(store: AnyStore) -> None:
    old, new = (KeptAnswer(key, "r", 200, "{}", stamp(NOW + timedelta(hours=n))) for n, key in enumerate("ab"))
    for answer in (old, new):
        with store.transaction() as tx:
            tx.keep_answer(answer)
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.keep_answer(new._replace(request="another"))

    with store.transaction() as tx:
        tx.drop_answers(stamp(NOW + timedelta(minutes=1)))

    with store.transaction() as tx:
        assert (tx.kept_answer("a"), tx.kept_answer("b"), tx.kept_answer("c")) == (None, new, None)
