"""`ivr worker` and what `ivr db check` says of work, on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.app.wiring import system_clock
from ivr.app.working import KINDS
from ivr.cli.db_command import command as db
from ivr.cli.worker_command import command as worker
from ivr.config import Settings
from ivr.errors import InvalidArgument, NoDatabase, NoSuch
from ivr.service.calls.close import new_call
from ivr.service.ports import Store
from ivr.service.rows import stamp
from ivr.storage.opening import open_store

HOUR = timedelta(hours=1)


@pytest.fixture
def store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("IVR_DATABASE_URL", database_url)
    return open_store(Settings(database_url=database_url), system_clock)


def begin(store: Store, call: str, expected_by: datetime) -> None:
    with store.transaction() as tx:
        tx.put_call(new_call(call, "", "", expected_by)._replace(expected_by=stamp(expected_by)))


def ended_by(store: Store, call: str) -> str | None:
    with store.transaction() as tx:
        row = tx.call(call)
    store.close()
    assert row is not None
    return row.ended_by


def run(*words: str) -> Result:
    return CliRunner().invoke(worker, list(words))


def test_the_worker_ends_overdue_calls_and_says_how_much_it_did(store: Store) -> None:
    now = datetime.now(UTC)
    begin(store, "silent", now - HOUR)
    begin(store, "talking", now + HOUR)
    ran = run("--once")
    assert (ran.exit_code, ran.output) == (0, f"{len(KINDS)} pieces of work done\n")
    assert (ended_by(store, "silent"), ended_by(store, "talking")) == ("sweeper", None)


def test_at_another_time_what_is_due_then_is_done(store: Store) -> None:
    later = datetime.now(UTC) + 3 * HOUR
    begin(store, "talking", later - HOUR)
    assert run("--once").exit_code == 0 and ended_by(store, "talking") is None
    assert run("--once", "--at", later.isoformat(timespec="minutes")).exit_code == 0
    assert ended_by(store, "talking") == "sweeper"
    begin(store, "silent", datetime.now(UTC) - HOUR)
    store.keep_repeated("sweep", timedelta(), HOUR)
    assert run("--once").output == "1 piece of work done\n" and ended_by(store, "silent") == "sweeper"


def test_dead_work_is_shown_until_it_is_tried_again(store: Store) -> None:
    assert CliRunner().invoke(db, ["check"]).exit_code == 0
    store.add_work("sweep", "x", timedelta())
    piece = store.claim_work("sweep", "me", HOUR)
    assert piece is not None
    store.put_off_work(piece.id, "me", HOUR, "the disk is full", dead=True)
    checked = CliRunner().invoke(db, ["check"])
    assert checked.exit_code == 1
    assert checked.output.endswith(
        f"work {piece.id} (sweep x) was given up after 1 try: the disk is full. "
        f"Mend the cause, then run `ivr worker --retry {piece.id}`.\n"
    )
    assert run("--retry", str(piece.id)).output == f"work {piece.id} is due now\n"
    assert CliRunner().invoke(db, ["check"]).exit_code == 0
    assert isinstance(run("--retry", str(piece.id)).exception, NoSuch)
    store.close()


def test_time_stands_still_only_once(store: Store) -> None:
    assert isinstance(run("--at", "2026-03-02T22:10").exception, InvalidArgument)
    assert isinstance(run("--once", "--at", "noon").exception, InvalidArgument)
    assert isinstance(run("--once", "--at", "2026-03-02T22:10").exception, InvalidArgument)  # in which zone?
    store.close()


def test_a_worker_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert isinstance(run("--once").exception, NoDatabase)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_goes_on_until_it_is_stopped(store: Store, database_url: str) -> None:
    begin(store, "silent", datetime.now(UTC) - HOUR)
    environ = {"PATH": os.environ["PATH"], "IVR_DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "ivr"), "worker"], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "working\n"
    until = time.monotonic() + 30
    while ended_by(store, "silent") is None and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0 and ended_by(store, "silent") == "sweeper"
    process.stdout.close()
