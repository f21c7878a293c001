"""/readyz does what a turn does, says a code to everybody and the reason to the log, and writes once a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from logged import logged
from small_hotline import House

from ivr.app import readiness
from ivr.app.readiness import Readiness
from ivr.errors import StoreUnavailable


@pytest.fixture(autouse=True)
def _always_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(readiness, "PATIENCE", 30.0)


def ready(house: House) -> tuple[int, str]:
    return house.raw("GET", "/readyz")


@pytest.mark.parametrize("table", ["turns", "calls", "cases", "case_events", "recordings", "switches", "counters"])
def test_a_table_that_is_missing(house: House, table: str) -> None:
    assert ready(house) == (200, "ready\n")
    house.write(f"ALTER TABLE {table} RENAME TO gone")
    assert ready(house) == (503, "not ready: database\n")
    house.write(f"ALTER TABLE gone RENAME TO {table}")
    assert ready(house) == (200, "ready\n")


@pytest.mark.parametrize("table", ["served_releases", "releases"])
def test_a_table_of_releases_that_is_missing(house: House, table: str) -> None:
    house.write(f"ALTER TABLE {table} RENAME TO gone")
    assert ready(house)[0] == 503


def no_release(house: House) -> None:
    house.write("DELETE FROM served_releases")


def release_gone(house: House) -> None:
    house.write("DELETE FROM releases")


def release_unreadable(house: House) -> None:
    house.write("UPDATE releases SET body = '{}'")


def file_gone(house: House) -> None:
    house.path.rename(house.path.with_suffix(".moved"))


def file_is_something_else(house: House) -> None:
    house.store.close()
    for path in house.path.parent.glob("ivr.db*"):
        path.unlink()
    house.path.write_bytes(b"not a database " * 1000)


@pytest.mark.parametrize(
    ("fault", "code"),
    [(no_release, "no_release"), (release_gone, "release"), (release_unreadable, "release"), (file_gone, "database"),
     (file_is_something_else, "database")],
)  # fmt: skip
def test_the_code_is_for_everybody_and_the_reason_for_the_log(
    house: House, tmp_path: Path, fault: Callable[[House], None], code: str
) -> None:
    fault(house)
    with logged(tmp_path) as log:
        answers = {ready(house) for _ in range(5)}
    assert answers == {(503, f"not ready: {code}\n")}
    (event,) = log.events("ivr.readiness")
    assert event["event"].startswith(f"not ready ({code}): ") and len(event["event"]) > len(f"not ready ({code}): ")


def test_a_bug_is_not_ready_and_no_traceback(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(house.store, "check_writable", fail)
    assert ready(house) == (503, "not ready: internal\n")


def test_it_is_told_when_calls_can_be_taken_again(house: House, tmp_path: Path) -> None:
    house.write("ALTER TABLE turns RENAME TO gone")
    with logged(tmp_path) as log:
        ready(house)
        house.write("ALTER TABLE gone RENAME TO turns")
        ready(house)
        ready(house)
    assert [event["event"].partition(":")[0] for event in log.events("ivr.readiness")] == [
        "not ready (database)", "ready again",
    ]  # fmt: skip


def test_it_writes_at_most_once_while_it_is_fresh(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "FRESH_SECONDS", 3600.0)
    written = "SELECT value FROM counters WHERE name = 'ready'"
    before = house.rows(written)[0][0]
    assert {ready(house) for _ in range(50)} == {(200, "ready\n")}
    assert house.rows(written)[0][0] == before + 1


@pytest.fixture
def silent(house: House) -> Iterator[tuple[Readiness, threading.Event]]:
    """A database that answers nothing until the event is set."""
    answers = threading.Event()
    check = house.store.check_writable

    def wait() -> None:
        if not answers.wait(30):
            raise StoreUnavailable("never")
        check()

    house.store.check_writable = wait
    yield Readiness(house.hotline), answers
    answers.set()


def test_a_silent_database_holds_nobody_up_for_long(
    silent: tuple[Readiness, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, answers = silent
    for name in ("PATIENCE", "FIRST_PATIENCE"):
        monkeypatch.setattr(readiness, name, 0.05)
    monkeypatch.setattr(readiness, "TOO_LONG", 0.0)
    assert found.verdict().code == "database"
    before = threading.active_count()
    asking: list[Any] = [threading.Thread(target=found.verdict) for _ in range(20)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert threading.active_count() == before, "one check goes on, whoever asks"
    answers.set()
    monkeypatch.setattr(readiness, "PATIENCE", 10.0)
    assert found.verdict().line == "ready"


def test_a_check_that_takes_a_moment_changes_nothing(
    silent: tuple[Readiness, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, answers = silent
    answers.set()
    assert found.verdict().line == "ready"
    answers.clear()
    monkeypatch.setattr(readiness, "PATIENCE", 0.01)
    monkeypatch.setattr(readiness, "TOO_LONG", 60.0)
    assert found.verdict().line == "ready", "what was known stands while the next check goes on"


def test_a_reason_that_counts_seconds_is_logged_once(
    silent: tuple[Readiness, threading.Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = silent
    with logged(tmp_path) as log:
        for seconds in range(3, 9):
            found._told(readiness.Verdict("database", f"the database has not answered for {seconds} s"))
        found._told(readiness.Verdict("no_release", "no release is live"))
    events = [event["event"].partition(":")[0] for event in log.events("ivr.readiness")]
    assert events == ["not ready (database)", "not ready (no_release)"]
