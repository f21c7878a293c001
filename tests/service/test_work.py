"""A worker, and what each class of work promises when its worker dies or fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ivr.errors import IvrError
from ivr.service.calls.close import new_call
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import Piece
from ivr.service.work import LEASE, MOST_TRIES, WorkClass, Worker, WorkKind
from ivr.storage.schema import upgrade
from ivr.storage.sqlite import SqliteStore

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
Effect = Callable[[Ports, Piece, Transaction | None], timedelta | None]


class Killed(BaseException):
    """The process ends here."""


class Post:
    """An office on a database of its own, with a clock, and letters to send."""

    def __init__(self, path: Path) -> None:
        upgrade(f"sqlite:///{path}")
        self.now = NOW
        self.store = SqliteStore(str(path), synchronous="OFF", clock=lambda: self.now)
        self.sent: list[str] = []
        self.complaints: list[str] = []

    def worker(self, how: WorkClass, effect: Effect, every: timedelta | None = None) -> Worker:
        def unused(*_: object) -> str:
            raise AssertionError("neither a release nor a document is needed here")

        documents: dict[str, Any] = {"render": unused, "release": unused, "farewell": "", "apology": unused}
        ports = Ports(store=self.store, clock=lambda: self.now, **documents)
        kind = WorkKind(name="letter", how=how, effect=effect, every=every)
        return Worker(ports, {"letter": kind}, f"worker {len(self.sent)}", self.complaints.append)

    def send(self, ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        self.sent.append(f"{piece.ref} {piece.tries}")
        return None

    def count(self, table: str) -> int:
        found: int = self.store.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path / "ivr.db")
    made.store.add_work("letter", "A", timedelta())
    yield made
    made.store.close()


def and_is_killed(effect: Effect) -> Effect:
    def killed(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        effect(ports, piece, tx)
        raise Killed

    return killed


def writes_a_call(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
    assert tx is not None
    tx.put_call(new_call(piece.ref, "", "", NOW))
    return None


def test_work_inside_leaves_nothing_of_a_worker_that_was_killed_and_is_done_once(post: Post) -> None:
    with pytest.raises(Killed):
        post.worker("inside", and_is_killed(writes_a_call)).all_due()
    assert (post.count("calls"), post.count("work")) == (0, 1)
    assert post.worker("inside", writes_a_call).all_due() == 0
    post.now += LEASE + timedelta(seconds=1)
    assert post.worker("inside", writes_a_call).all_due() == 1
    assert (post.count("calls"), post.count("work"), post.complaints) == (1, 0, [])


def test_work_inside_is_not_done_by_a_worker_whose_claim_ran_out(post: Post) -> None:
    def slow(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        post.now += LEASE + timedelta(seconds=1)
        assert post.worker("inside", writes_a_call).all_due() == 1
        assert tx is not None
        tx.put_call(new_call("again", "", "", NOW))
        return None

    post.sent.append("makes the second worker another one")
    slowly = post.worker("inside", slow)
    post.sent.append("so")
    assert slowly.all_due() == 0
    assert [row[0] for row in post.store.connection().execute("SELECT call FROM calls")] == ["A"]


def test_repeatable_work_comes_again_under_the_same_id_after_its_worker_was_killed(post: Post) -> None:
    with pytest.raises(Killed):
        post.worker("repeatable", and_is_killed(post.send)).all_due()
    post.now += LEASE + timedelta(seconds=1)
    assert post.worker("repeatable", post.send).all_due() == 1
    assert (post.sent, post.count("work")) == (["A 1", "A 2"], 0)


def test_work_of_once_is_never_done_again_and_comes_to_light(post: Post) -> None:
    with pytest.raises(Killed):
        post.worker("once", and_is_killed(post.send)).all_due()
    post.now += timedelta(days=400)
    assert post.worker("once", post.send).all_due() == 0
    assert post.sent == ["A 1"] and [dead.ref for dead in post.store.dead_work()] == ["A"]


def test_work_that_fails_is_put_off_longer_each_time_and_given_up_at_last(post: Post) -> None:
    def fails(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        raise IvrError("the box\nis full")

    worker, pauses = post.worker("repeatable", fails), []
    for _ in range(MOST_TRIES):
        begun = post.now
        while not post.store.due_kinds() and not post.store.dead_work():
            post.now += timedelta(seconds=10)
        pauses.append(int((post.now - begun).total_seconds()))
        assert worker.all_due() == 0
    assert pauses == [0, 10, 20, 40, 80, 160, 320, 640]
    assert post.complaints[0] == "work 1 (letter) failed and is tried again in 10 s: the box is full"
    assert post.complaints[-1] == "work 1 (letter) failed and is given up: the box is full"
    assert [(dead.ref, dead.tries, dead.trouble) for dead in post.store.dead_work()] == [("A", 8, "the box is full")]
    assert worker.revive(1) and post.worker("repeatable", post.send).all_due() == 1


def test_a_mistake_in_an_effect_is_trouble_and_no_end_of_the_worker(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        raise ZeroDivisionError

    assert post.worker("inside", broken).all_due() == 0
    assert post.complaints == ["work 1 (letter) failed and is tried again in 10 s: ZeroDivisionError"]
    assert "work 1 (letter) failed" in caplog.text


def test_repeated_work_is_never_given_up(post: Post) -> None:
    def fails(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        raise IvrError("no")

    worker = post.worker("inside", fails, every=timedelta(minutes=1))
    for _ in range(3 * MOST_TRIES):
        post.now += timedelta(hours=1)
        worker.all_due()
    assert post.store.dead_work() == [] and post.count("work") == 1


def test_repeated_work_has_one_piece_for_ever(post: Post) -> None:
    def repeats(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        post.sent.append(piece.ref)
        return timedelta(minutes=1)

    worker = post.worker("inside", repeats, every=timedelta(minutes=1))
    post.store.connection().execute("DELETE FROM work")
    worker.keep_repeated()
    worker.keep_repeated()
    assert worker.all_due() == 1 and worker.all_due() == 0
    post.now += timedelta(minutes=1)
    assert worker.all_due() == 1 and post.count("work") == 1


def test_work_of_a_kind_this_version_does_not_know_is_left_to_those_who_do(post: Post) -> None:
    post.store.add_work("parcel", "B", timedelta())
    assert post.worker("repeatable", post.send).all_due() == 1
    assert post.count("work") == 1


def test_work_that_kills_its_worker_each_time_is_given_up(post: Post) -> None:
    for _ in range(MOST_TRIES):
        with pytest.raises(Killed):
            post.worker("inside", and_is_killed(writes_a_call)).all_due()
        post.now += LEASE + timedelta(seconds=1)
    assert post.worker("inside", writes_a_call).all_due() == 0
    assert [(dead.ref, dead.given_up) for dead in post.store.dead_work()] == [("A", True)]
    assert post.count("calls") == 0


def test_a_trouble_of_odd_characters_is_kept_as_one_line(post: Post) -> None:
    def odd(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        raise IvrError("nul \x00, half \ud800, a line\nmore" + "!" * 5000)

    assert post.worker("inside", odd).all_due() == 0
    kept = post.store.connection().execute("SELECT trouble FROM work").fetchone()[0]
    assert kept.startswith("nul  , half  , a line more!") and len(kept) <= 500


def test_a_worker_that_dies_in_one_piece_leaves_the_others_unclaimed(post: Post) -> None:
    def dies(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta | None:
        raise Killed

    post.store.add_work("parcel", "B", timedelta())
    worker = post.worker("inside", dies)
    worker._kinds = {**worker._kinds, "parcel": WorkKind(name="parcel", how="once", effect=post.send)}
    with pytest.raises(Killed):
        worker.all_due()
    claimed = post.store.connection().execute("SELECT kind, claimed_by IS NOT NULL FROM work ORDER BY kind").fetchall()
    assert claimed == [("letter", 1), ("parcel", 0)]
