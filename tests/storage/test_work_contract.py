"""Work on both databases: each piece has one worker at a time, and none is lost with its worker."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from any_store import NOW, AnyStore, MakeStore, rows, write

from ivr.service.ports import Conflict
from ivr.service.rows import stamp

MINUTE = timedelta(minutes=1)


def later(store: AnyStore, by: timedelta) -> None:
    store.clock = lambda: NOW + by


def refs(store: AnyStore) -> list[str]:
    return [row[0] for row in rows(store, "SELECT ref FROM work ORDER BY ref")]


def test_one_kind_of_work_about_the_same_is_one_piece(make_store: MakeStore) -> None:
    stores = [make_store() for _ in range(4)]

    def add(store: AnyStore) -> None:
        with closing(store):
            store.add_work("sweep", "", timedelta())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, stores))
    stores[0].add_work("sweep", "other", timedelta())
    assert refs(stores[0]) == ["", "other"]


def test_work_is_due_at_its_time_and_no_sooner(store: AnyStore) -> None:
    store.add_work("letter", "A", MINUTE)
    assert store.due_kinds() == [] and store.claim_work("letter", "me", MINUTE) is None
    later(store, MINUTE)
    assert store.due_kinds() == ["letter"] and store.claim_work("parcel", "me", MINUTE) is None
    piece = store.claim_work("letter", "me", MINUTE)
    assert piece is not None and (piece.kind, piece.ref, piece.tries) == ("letter", "A", 1)


def test_two_hundred_pieces_go_once_each_to_four_workers(make_store: MakeStore) -> None:
    stores = [make_store() for _ in range(4)]
    for n in range(200):
        write(stores[0], f"INSERT INTO work (kind, ref, due_at, tries, data) VALUES ('x', '{n:03}', '', 0, '{{}}')")
    together = threading.Barrier(4)

    def work(store: AnyStore) -> list[str]:
        together.wait(30)
        done = []
        with closing(store):
            while piece := store.claim_work("x", threading.current_thread().name, MINUTE):
                done.append(piece.ref)
        return done

    with ThreadPoolExecutor(4) as pool:
        done = [ref for found in pool.map(work, stores) for ref in found]
    assert sorted(done) == [f"{n:03}" for n in range(200)]


def test_the_piece_of_a_dead_worker_goes_to_another_who_alone_may_end_it(store: AnyStore) -> None:
    store.add_work("letter", "A", timedelta())
    piece = store.claim_work("letter", "dies", MINUTE)
    assert piece is not None and store.claim_work("letter", "other", MINUTE) is None
    later(store, MINUTE + timedelta(microseconds=1))
    again = store.claim_work("letter", "other", MINUTE)
    assert again is not None and (again.id, again.tries) == (piece.id, 2)
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.end_work(piece.id, "dies", None)
    with store.transaction() as tx:
        tx.end_work(piece.id, "other", None)
    assert refs(store) == []


def test_a_repeated_piece_is_due_again_and_forgets_its_troubles(store: AnyStore) -> None:
    store.add_work("sweep", "", timedelta())
    piece = store.claim_work("sweep", "me", MINUTE)
    assert piece is not None
    store.put_off_work(piece.id, "me", timedelta(), "no luck", dead=False)
    assert store.claim_work("sweep", "me", MINUTE) == piece._replace(tries=2)
    with store.transaction() as tx:
        tx.end_work(piece.id, "me", MINUTE)
    kept = rows(store, "SELECT due_at, tries, trouble, claimed_by, claimed_until, dead_at FROM work")
    assert [tuple(row) for row in kept] == [(stamp(NOW + MINUTE), 0, None, None, None, None)]


def test_what_was_claimed_for_good_is_never_claimed_again_and_comes_to_light(store: AnyStore) -> None:
    store.add_work("dial", "A", timedelta())
    piece = store.claim_work("dial", "dies", None)
    assert piece is not None and store.dead_work() == []
    later(store, timedelta(days=400))
    assert store.claim_work("dial", "other", None) is None and store.due_kinds() == []
    assert [(dead.ref, dead.tries, dead.trouble) for dead in store.dead_work()] == [("A", 1, None)]
    assert not store.revive_work(piece.id)


def test_dead_work_is_kept_until_somebody_lets_it_live_again(store: AnyStore) -> None:
    store.add_work("letter", "A", timedelta())
    piece = store.claim_work("letter", "me", MINUTE)
    assert piece is not None
    store.put_off_work(piece.id, "me", MINUTE, "the box is full", dead=True)
    later(store, timedelta(days=1))
    assert store.due_kinds() == [] and store.claim_work("letter", "me", MINUTE) is None
    assert [(dead.id, dead.kind, dead.trouble) for dead in store.dead_work()] == [
        (piece.id, "letter", "the box is full")
    ]
    assert store.revive_work(piece.id) and not store.revive_work(piece.id)
    assert store.dead_work() == [] and store.claim_work("letter", "me", MINUTE) == piece


def test_nobody_puts_off_what_another_has_claimed(store: AnyStore) -> None:
    store.add_work("letter", "A", timedelta())
    piece = store.claim_work("letter", "me", MINUTE)
    assert piece is not None
    store.put_off_work(piece.id, "somebody", timedelta(), "mine", dead=True)
    assert store.dead_work() == []


def test_repeated_work_that_a_wrong_clock_put_off_for_years_is_due_in_time_again(store: AnyStore) -> None:
    store.add_work("sweep", "", timedelta())
    later(store, timedelta(days=2000))
    piece = store.claim_work("sweep", "me", MINUTE)
    assert piece is not None
    with store.transaction() as tx:
        tx.end_work(piece.id, "me", MINUTE)
    later(store, timedelta())
    store.keep_repeated("sweep", MINUTE, MINUTE)
    later(store, MINUTE)
    assert store.due_kinds() == ["sweep"] and rows(store, "SELECT count(*) FROM work")[0][0] == 1


def test_repeated_work_that_is_due_in_time_is_left_alone_and_so_is_its_claim(store: AnyStore) -> None:
    store.add_work("sweep", "", timedelta())
    assert store.claim_work("sweep", "me", MINUTE) is not None
    before = rows(store, "SELECT due_at, claimed_by, claimed_until FROM work")
    store.keep_repeated("sweep", MINUTE, MINUTE)
    assert rows(store, "SELECT due_at, claimed_by, claimed_until FROM work") == before


def test_work_that_nobody_does_comes_to_light_after_a_quarter_of_an_hour(store: AnyStore) -> None:
    store.add_work("of a later version", "", timedelta())
    assert store.overdue_work() == []
    later(store, timedelta(minutes=16))
    assert store.overdue_work() == ["of a later version"]
    assert store.claim_work("of a later version", "me", MINUTE) is not None
    assert store.overdue_work() == []
