"""Migration 0002, from a database of version 0.1.0 with rows in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, event

from ivr.errors import StoreUnavailable
from ivr.storage import schema
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.schema import engine, is_current, upgrade

CALL = "CA" + "5" * 32


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As 0.1.0 left it: one release replaced by another that was first tried by `ivr call`, a draft, an open call."""
    path = tmp_path / "ivr.db"
    real = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, to: real(config, "0001"))
        upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany(
            "INSERT INTO releases (hash, body, published_at, draft) VALUES (?, ?, ?, ?)",
            [
                ("a" * 64, '{"hotline.yaml": "first"}', "2026-03-01T08:00:00+00:00", 0),
                ("b" * 64, '{"hotline.yaml": "second"}', "2026-02-28T08:00:00+00:00", 1),
                ("c" * 64, '{"hotline.yaml": "tried"}', "2026-03-03T08:00:00+00:00", 1),
            ],
        )
        database.execute("INSERT INTO current (name, release) VALUES ('live', ?)", ("b" * 64,))
        database.execute("UPDATE counters SET value = 41")
        database.execute(
            "INSERT INTO calls (call, number, turn, version, release, caller, called, started_at, touched_at,"
            " quiet_until, away, transferred, status_seq, simulated)"
            " VALUES (?, 41, 3, 4, ?, '', '', '', '', '', 0, 0, -1, 0)",
            (CALL, "a" * 64),
        )
    return path


def test_releases_keep_their_content_and_the_log_ends_with_the_live_one(old: Path) -> None:
    upgrade(f"sqlite:///{old}")

    made = engine(f"sqlite:///{old}")
    try:
        rows = ReleaseRows(made)
        log = rows.publications()
        assert [(entry.release[0], entry.at.day) for entry in log] == [("b", 28), ("a", 1)]
        assert {entry.kind for entry in log} == {"publish"}
        assert {(entry.author, entry.note, entry.forced, len(entry.checks)) for entry in log} == {("", "", "", 0)}
        assert rows.live() == "b" * 64 and rows.body("a" * 64) == '{"hotline.yaml": "first"}'
        assert [(r.name[0], r.stored_at.day) for r in rows.stored()] == [("b", 28), ("a", 1), ("c", 3)]
        assert rows.in_progress() == {"a" * 64: 1}
        assert rows.remove(["a" * 64, "b" * 64, "c" * 64]) == ["c" * 64]
    finally:
        made.dispose()
    assert is_current(f"sqlite:///{old}")


def test_everything_else_is_as_it_was(old: Path) -> None:
    with closing(sqlite3.connect(old)) as database:
        calls = database.execute("SELECT * FROM calls").fetchall()
    upgrade(f"sqlite:///{old}")
    upgrade(f"sqlite:///{old}")

    with closing(sqlite3.connect(old)) as database:
        assert database.execute("SELECT * FROM calls").fetchall() == calls
        assert database.execute("SELECT value FROM counters").fetchall() == [(41,)]
        assert database.execute("SELECT * FROM current").fetchall() == [("live", "b" * 64)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("DELETE FROM releases WHERE hash = ?", ("b" * 64,))


def test_an_upgrade_that_breaks_off_leaves_the_old_schema_whole(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = command.upgrade

    def killed(config: object, to: str) -> None:
        real(config, to)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with closing(sqlite3.connect(old)) as database:
        before = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(command, "upgrade", killed)
        upgrade(f"sqlite:///{old}")

    with closing(sqlite3.connect(old)) as database:
        assert database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
        assert database.execute("SELECT count(*) FROM releases WHERE draft").fetchall() == [(2,)]
    upgrade(f"sqlite:///{old}")
    assert is_current(f"sqlite:///{old}")


def test_a_disk_that_fills_leaves_the_old_schema_whole(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(url: str) -> Engine:
        made = engine(url)
        event.listen(made, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        return made

    with monkeypatch.context() as patch, pytest.raises(StoreUnavailable, match="full"):
        patch.setattr(schema, "engine", full)
        upgrade(f"sqlite:///{old}")

    with closing(sqlite3.connect(old)) as database:
        assert database.execute("SELECT count(*) FROM releases WHERE draft").fetchall() == [(2,)]
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
