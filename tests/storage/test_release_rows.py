"""Releases in both databases: whoever publishes second changes nothing, and what somebody needs is never removed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from ivr.errors import NoSuch, StoreUnavailable
from ivr.service.releases.prune import Removed, prune
from ivr.service.releases.release_ports import Check, Publication, PublishConflict, PublishPorts
from ivr.storage.bulk import engine, exclusive
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.tables import calls

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def publication(release: str, at: datetime = NOW, note: str = "a note") -> Publication:
    return Publication(
        release=release, kind="publish", at=at, author="操作员", note=note, checks=[Check("lint", True, "4 files")]
    )


@pytest.fixture
def rows(database_url: str) -> Iterator[ReleaseRows]:
    made = engine(database_url)
    yield ReleaseRows(made)
    made.dispose()


def put_call(database_url: str, call: str, release: str, *, ended: bool) -> None:
    at = NOW.isoformat(timespec="microseconds")
    made = engine(database_url)
    with made.begin() as connection:
        connection.execute(
            insert(calls).values(
                call=call, turns_taken=1, version=1, release=release, direction="incoming", customer="", line="",
                started_at=at, last_turn_at=at, expected_by=at, transfer_seconds=0, person=None, status_seq=-1,
                simulated=False, ended_at=at if ended else None,
            )
        )  # fmt: skip
    made.dispose()


def test_what_was_published_is_read_back(rows: ReleaseRows) -> None:
    rows.put_live(publication("a"), "body of a", instead_of=None)
    rows.put_live(publication("b", NOW + timedelta(days=1)), "body of b", instead_of="a")

    assert rows.live() == "b" and rows.body("a") == "body of a" and rows.body("c") is None
    assert [(entry.release, entry.at, entry.author) for entry in rows.publications()] == [
        ("b", NOW + timedelta(days=1), "操作员"), ("a", NOW, "操作员"),
    ]  # fmt: skip
    assert rows.publications()[0].checks == [Check("lint", True, "4 files")]
    assert [(stored.name, stored.stored_at) for stored in rows.stored()] == [
        ("a", NOW), ("b", NOW + timedelta(days=1)),
    ]  # fmt: skip


def test_a_publication_that_comes_second_leaves_nothing_behind(rows: ReleaseRows) -> None:
    rows.put_live(publication("a"), "body of a", instead_of=None)
    for instead_of in (None, "another"):
        with pytest.raises(PublishConflict):
            rows.put_live(publication("b"), "body of b", instead_of=instead_of)
    with pytest.raises(PublishConflict):
        rows.stage("b", "body of b", NOW, instead_of="another")
    with pytest.raises(NoSuch, match="the content of release b is gone"):
        rows.put_live(publication("b"), None, instead_of="a")

    assert rows.served() == {"live": "a"} and rows.body("b") is None and len(rows.publications()) == 1


def test_of_many_who_publish_at_once_exactly_one_does(rows: ReleaseRows) -> None:
    rows.put_live(publication("a"), "body of a", instead_of=None)
    start, came = threading.Barrier(6), []

    def run(name: str) -> None:
        start.wait()
        try:
            rows.put_live(publication(name), f"body of {name}", instead_of="a")
            came.append("done")
        except PublishConflict:
            came.append("overtaken")

    threads = [threading.Thread(target=run, args=(f"b{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(came) == ["done"] + ["overtaken"] * 5
    assert len(rows.publications()) == 2 == len(rows.stored()) and rows.publications()[0].release == rows.live()


def test_a_staged_release_is_no_longer_staged_once_one_went_live(rows: ReleaseRows) -> None:
    rows.put_live(publication("a"), "body of a", instead_of=None)
    rows.stage("b", "body of b", NOW, instead_of="a")
    rows.stage("c", "body of c", NOW, instead_of="a")
    assert rows.served() == {"live": "a", "staged": "c"}

    rows.put_live(publication("c"), "body of c", instead_of="a")

    assert rows.served() == {"live": "c"}


def test_the_draft_is_replaced_and_what_is_live_stays(rows: ReleaseRows) -> None:
    rows.put_live(publication("a"), "body of a", instead_of=None)
    rows.put_draft("b", "body of b", NOW, serve=True)
    rows.put_draft("c", "damaged", NOW, serve=True)
    rows.put_draft("c", "body of c", NOW, serve=False)

    assert rows.served() == {"live": "a", "draft": "c"} and rows.served_draft() == "c"
    assert rows.body("c") == "body of c"


def test_pruning_keeps_what_is_served_and_what_a_call_in_progress_needs(rows: ReleaseRows, database_url: str) -> None:
    for name, before in (("a", None), ("b", "a"), ("c", "b"), ("d", "c")):
        rows.put_live(publication(name), f"body of {name}", instead_of=before)
    rows.put_draft("e", "body of e", NOW, serve=True)
    rows.put_draft("f", "body of f", NOW, serve=False)
    put_call(database_url, "CAa", "a", ended=False)
    put_call(database_url, "CAb", "b", ended=True)

    assert rows.in_progress() == {"a": 1}
    gone = prune(PublishPorts(rows, lambda: NOW + timedelta(days=91)), timedelta(days=90))

    assert sorted(gone) == [Removed("b", NOW, False), Removed("c", NOW, False), Removed("f", NOW, True)]
    assert [stored.name for stored in rows.stored()] == ["a", "d", "e"]
    assert len(rows.publications()) == 4


def test_whoever_changes_releases_keeps_others_out_but_readers_read_on(
    rows: ReleaseRows, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivr.storage.bulk.LOCK_SECONDS", 0.2)
    impatient, holder = engine(database_url), engine(database_url)
    if holder.dialect.name == "sqlite":
        with holder.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")  # as the hotline keeps it
    with holder.begin() as connection:
        exclusive(connection)
        with pytest.raises(StoreUnavailable, match="nothing was changed, the database cannot be written: .*lock"):
            ReleaseRows(impatient).put_draft("a", "body of a", NOW, serve=True)
        assert rows.stored() == []
    rows.put_draft("a", "body of a", NOW, serve=True)
    impatient.dispose()
    holder.dispose()
