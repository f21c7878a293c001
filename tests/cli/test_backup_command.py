"""`ivr db backup` under callers, and the restored copy in use."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command_here import Run

from ivr.app.preparing import prepare
from ivr.carrier.callers import RandomCaller
from ivr.cli.shared.in_process_hotline import InProcessHotline
from ivr.config import Settings
from ivr.service.calls.opening import Opening


def rows(file: Path, call: str) -> list[list[Any]]:
    with closing(sqlite3.connect(file)) as opened:
        tables = ("calls", "turns", "cases")
        return [opened.execute(f"SELECT * FROM {table} WHERE call = ?", (call,)).fetchall() for table in tables]


@pytest.fixture
def callers(folder: Path) -> Callable[[list[str], threading.Event], None]:
    """Phones one random call after the other until told to stop; lists those that have ended."""
    settings = Settings(database_url=f"sqlite:///{folder / 'ivr.db'}", flows=str(folder / "flows"))
    live = prepare(settings, datetime.now(UTC))

    def phone(ended: list[str], stop: threading.Event) -> None:
        with closing(InProcessHotline(settings, Opening(release=live))) as hotline:
            seed = 0
            while not stop.is_set():
                call = hotline.phone(caller=f"+120255501{seed % 100:02d}", called="+862155500000")
                RandomCaller(seed).play(call)
                assert call.refused == []
                ended.append(call.call)
                seed += 1

    return phone


def test_restored_it_holds_every_call_that_had_ended_before_and_takes_calls(
    ivr: Run, folder: Path, callers: Callable[[list[str], threading.Event], None]
) -> None:
    ended: list[str] = []
    stop, backups = threading.Event(), []
    caller = threading.Thread(target=callers, args=(ended, stop))
    caller.start()
    try:
        while len(backups) < 3:
            while len(ended) < 3 * (len(backups) + 1) and caller.is_alive():
                stop.wait(0.01)
            before = list(ended)
            backups.append((ivr("db", "backup", f"copy{len(backups)}.db"), before))
    finally:
        stop.set()
        caller.join(60)
    assert [done.returncode for done, _ in backups] == [0, 0, 0], [done.stderr for done, _ in backups]
    assert "is made and checked: " in backups[0][0].stdout and "calls, the newest of 20" in backups[0][0].stdout
    live, before = folder / "ivr.db", backups[2][1]

    held = {call: rows(live, call) for call in before}
    for ending in ("", "-wal", "-shm"):  # the hotline is stopped, and its database lost
        Path(f"{live}{ending}").unlink(missing_ok=True)
    shutil.copy(folder / "copy2.db", live)

    assert len(before) >= 9 and {call: rows(live, call) for call in before} == held
    checked, replayed, called = ivr("db", "check"), ivr("replay", "ivr.db"), ivr("call", given="/hang-up\n")
    assert (checked.returncode, replayed.returncode, called.returncode) == (0, 0, 0), (checked, replayed, called)


def test_a_backup_needs_a_database_and_makes_none(ivr: Run, folder: Path) -> None:
    done = ivr("db", "backup", "copy.db")

    assert done.returncode == 2 and "there is no database ivr.db yet" in done.stderr
    assert not (folder / "ivr.db").exists() and not (folder / "copy.db").exists()


def test_a_file_that_is_there_is_left_alone(ivr: Run, folder: Path) -> None:
    assert ivr("db", "upgrade").returncode == 0
    (folder / "copy.db").write_text("precious")

    done = ivr("db", "backup", "copy.db")

    assert done.returncode == 2 and "a backup overwrites nothing" in done.stderr
    assert (folder / "copy.db").read_text() == "precious"


def test_of_postgres_it_says_which_command_makes_one(ivr: Run, postgres_url: str) -> None:
    done = ivr("db", "backup", "copy of today.dump", IVR_DATABASE_URL=postgres_url)

    wanted = """umask 077; pg_dump --format=custom --file='copy of today.dump' --dbname="$IVR_DATABASE_URL"\n"""
    assert done.returncode == 2 and done.stderr.endswith(wanted)
