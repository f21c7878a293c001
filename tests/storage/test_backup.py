"""A backup is whole at one moment, keeps no turn of a call waiting, and overwrites nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.errors import InvalidArgument, IvrError, StoreUnavailable
from ivr.service.calls.close import new_call
from ivr.storage import backup
from ivr.storage.backup import back_up
from ivr.storage.schema import upgrade, why_not_current
from ivr.storage.sqlite import SqliteStore

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store that waits for nobody: whoever holds its lock makes it fail."""
    upgrade(f"sqlite:///{tmp_path / 'ivr.db'}")
    made = SqliteStore(str(tmp_path / "ivr.db"), synchronous="OFF", deadline=0)
    yield made
    made.close()


def write(store: SqliteStore, number: int) -> None:
    with store.transaction() as tx:
        tx.put_call(new_call(f"CA{number:032d}", "+12025550101", "", NOW))


def calls(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return [row[0] for row in opened.execute("SELECT call FROM calls ORDER BY call")]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def between_pages(monkeypatch: pytest.MonkeyPatch, store: SqliteStore) -> list[int]:
    """A copy page by page, and a call written by a turn of somebody else's between any two; their numbers."""
    written: list[int] = []

    class Writing:
        def __init__(self, file: int) -> None:
            pass

        def __call__(self, status: int, remaining: int, total: int) -> None:
            written.append(100 + len(written))
            write(store, written[-1])
            assert len(written) < 1000, "the copy began again at each write"

    monkeypatch.setattr(backup, "PAGES", 1)
    monkeypatch.setattr(backup, "_Flushing", Writing)
    return written


def test_calls_are_written_all_the_while_and_the_copy_holds_what_was_there_when_it_began(
    store: SqliteStore, tmp_path: Path, between_pages: list[int]
) -> None:
    for number in range(5):
        write(store, number)

    made = back_up(store.path, str(tmp_path / "copy.db"))

    assert len(between_pages) > 20
    assert calls(tmp_path / "copy.db") == [f"CA{number:032d}" for number in range(5)]
    assert len(calls(tmp_path / "ivr.db")) == 5 + len(between_pages)
    assert made.calls == 5 and made.newest.startswith("2026-03-02T02:00") and made.size > 0
    assert why_not_current(f"sqlite:///{tmp_path / 'copy.db'}") is None


def test_the_log_is_cleared_behind_a_long_copy(store: SqliteStore, tmp_path: Path, between_pages: list[int]) -> None:
    write(store, 1)

    back_up(store.path, str(tmp_path / "copy.db"))

    with closing(sqlite3.connect(store.path)) as opened:
        busy, pages, cleared = opened.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        size = os.path.getsize(f"{store.path}-wal")
        write(store, 2)
    assert (busy, pages) == (0, cleared) and os.path.getsize(f"{store.path}-wal") == size  # begins at its front again


def test_it_is_one_file_for_its_owner_alone_whatever_the_mask(store: SqliteStore, tmp_path: Path) -> None:
    (there := tmp_path / "there").mkdir()
    mask = os.umask(0)
    try:
        back_up(store.path, str(there / "copy.db"))
    finally:
        os.umask(mask)

    assert names(there) == {"copy.db"} and (there / "copy.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["file", "link to nothing", "folder", "the database itself"])
def test_nothing_is_overwritten(store: SqliteStore, tmp_path: Path, kind: str) -> None:
    write(store, 1)
    (there := tmp_path / "there").mkdir()
    target = there / "copy.db"
    match kind:
        case "file":
            target.write_text("precious")
        case "link to nothing":
            target.symlink_to(there / "nowhere")
        case "folder":
            target.mkdir()
        case _:
            target = Path(store.path)

    with pytest.raises(InvalidArgument, match="exists already, and a backup overwrites nothing"):
        back_up(store.path, str(target))

    assert names(there) <= {"copy.db"} and calls(Path(store.path))


def test_a_name_taken_while_it_copied_is_left_to_whoever_took_it(
    store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"

    class Taking:
        def __init__(self, file: int) -> None:
            target.write_text("theirs")

        def __call__(self, status: int, remaining: int, total: int) -> None:
            pass

    monkeypatch.setattr(backup, "_Flushing", Taking)
    with pytest.raises(InvalidArgument, match="somebody else has just made"):
        back_up(store.path, str(target))

    assert target.read_text() == "theirs" and not [name for name in names(tmp_path) if name.startswith(".copy")]


def test_a_damaged_database_leaves_no_copy_that_looks_whole(store: SqliteStore, tmp_path: Path) -> None:
    for number in range(300):
        write(store, number)
    store.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = store.connection().execute("SELECT rootpage FROM sqlite_master WHERE name = 'calls_started'").fetchone()[0]
    store.close()
    (there := tmp_path / "there").mkdir()
    with open(store.path, "r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 100)

    with pytest.raises(StoreUnavailable, match="is damaged, so no backup was kept"):
        back_up(store.path, str(there / "copy.db"))

    assert names(there) == set()


@pytest.mark.parametrize(
    ("content", "to", "said"),
    [
        (b"no database at all, but long enough to be one" * 100, "copy.db", "cannot be copied: file is not a data"),
        (None, "nowhere/copy.db", "cannot be made: No such file or directory"),
        (None, "ivr.db/copy.db", "cannot be made: Not a directory"),
    ],
)
def test_what_cannot_be_copied_is_one_sentence(
    store: SqliteStore, tmp_path: Path, content: bytes | None, to: str, said: str
) -> None:
    store.close()
    if content is not None:
        Path(store.path).write_bytes(content)

    with pytest.raises(IvrError) as refused:
        back_up(store.path, str(tmp_path / to))

    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert not [name for name in names(tmp_path) if "copy" in name]
