"""The schema grows forward: an upgrade is all or nothing, and a database of another version is left alone."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner

from ivr.cli.db_command import command as db
from ivr.errors import NoDatabase, SettingInvalid, StoreUnavailable
from ivr.storage.schema import engine, sqlite_path, upgrade, why_not_current
from ivr.storage.tables import metadata


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{made}")
    return made


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_upgrading_twice_changes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE counters SET value = 7")
    before = schema(path)
    upgrade(f"sqlite:///{path}")
    assert schema(path) == before
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT DISTINCT value FROM counters").fetchall() == [(7,)]


def test_the_migrations_make_the_tables_the_code_writes_to(path: Path) -> None:
    made = engine(f"sqlite:///{path}")
    try:
        with made.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    finally:
        made.dispose()


def test_an_upgrade_that_breaks_off_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(config: object, to: str) -> None:
        real(config, to)
        raise KeyboardInterrupt

    real = command.upgrade
    path = tmp_path / "new.db"
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(command, "upgrade", killed)
        upgrade(f"sqlite:///{path}")
    assert schema(path) == []
    upgrade(f"sqlite:///{path}")
    assert why_not_current(f"sqlite:///{path}") is None


def test_two_upgrades_at_once_follow_one_another(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    failed: list[Exception] = []

    def run() -> None:
        try:
            upgrade(url)
        except Exception as error:
            failed.append(error)

    # Alembic's own configuration is not made for threads, so two processes are played by a lock held meanwhile.
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=run)
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        other.execute("COMMIT")
        waiting.join(60)
    assert failed == []
    assert why_not_current(url) is None


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///", "x"])
def test_a_database_that_calls_cannot_be_kept_in_is_refused(url: str) -> None:
    with pytest.raises(SettingInvalid, match="IVR_DATABASE_URL"):
        sqlite_path(url)


def test_db_check_says_whether_the_database_is_of_this_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ivr.db"
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{path}")
    run = CliRunner().invoke
    assert isinstance(run(db, ["check"]).exception, NoDatabase)
    assert not path.exists()
    assert run(db, ["upgrade"]).output == f"{path} is up to date\n"
    checked = run(db, ["check"])
    assert (checked.exit_code, checked.output) == (0, f"{path} is up to date\n")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.execute("UPDATE counters SET value = 9999 WHERE name = 'oldest_schema'")
    assert run(db, ["check"]).exit_code == 1
    path.write_bytes(b"no database at all, but long enough to look like one" * 40)
    assert isinstance(run(db, ["check"]).exception, StoreUnavailable)


def test_a_database_of_a_later_version_is_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.execute("UPDATE counters SET value = 9999 WHERE name = 'oldest_schema'")
    with pytest.raises(StoreUnavailable, match="9999"):
        upgrade(f"sqlite:///{path}")


def test_a_database_that_a_later_version_only_added_to_is_used_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.execute("ALTER TABLE calls ADD COLUMN mood TEXT")
    before = schema(path)
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{path}")

    assert CliRunner().invoke(db, ["check"]).exit_code == 0
    upgrade(f"sqlite:///{path}")
    assert schema(path) == before
