"""The store: nobody writes over what they have not read, nobody waits for ever, and the schema grows forward."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner

from ivr.cli.db_command import command as db
from ivr.errors import IvrError, NoDatabase, SettingInvalid, StoreUnavailable
from ivr.service.calls.close import StatusChange, note_status, sweep
from ivr.service.ports import CallProgress, Conflict, Ports
from ivr.storage.schema import engine, sqlite_path, upgrade, why_not_current
from ivr.storage.sqlite import SqliteStore
from ivr.storage.tables import metadata

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CALL = "CA" + "5" * 32
PLAIN_TURN = CallProgress(
    turns_taken=2, state=b"", last_turn_at="", expected_by="", transfer_seconds=0, language="en-US", transferred=False
)


def row(call: str, expected_by: datetime = NOW) -> dict[str, object]:
    at = NOW.isoformat()
    return {
        "call": call, "turns_taken": 1, "version": 1, "caller": "+12025550101", "called": "", "started_at": at,
        "last_turn_at": at, "expected_by": expected_by.isoformat(), "transfer_seconds": 0, "transferred": False,
        "status_seq": -1, "simulated": False,
    }  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{made}")
    return made


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(str(path), synchronous="OFF", deadline=0.1)
    yield made
    made.close()


def ports(store: SqliteStore, now: datetime) -> Ports:
    def unused(*_: object) -> str:
        raise AssertionError("neither a release nor a document is needed here")

    return Ports(store=store, render=unused, release=unused, clock=lambda: now, farewell="", apology="")  # type: ignore[arg-type]


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_the_second_of_two_writers_who_read_the_same_is_refused(store: SqliteStore) -> None:
    with store.transaction() as tx:
        tx.insert_call(row(CALL))
        read = tx.call(CALL)
    assert read is not None
    with store.transaction() as tx:
        tx.update_call(CALL, read.version, {"disposition": "completed"})
    for late in (
        lambda tx: tx.update_call(CALL, read.version, {"disposition": "abandoned"}),
        lambda tx: tx.advance(CALL, read.version, PLAIN_TURN),
    ):
        with pytest.raises(Conflict), store.transaction() as tx:
            tx.next_number()
            late(tx)
    with store.transaction() as tx:
        now = tx.call(CALL)
        assert now is not None
        assert (now.turns_taken, now.version, now.disposition) == (1, 2, "completed")
        assert tx.next_number() == 1


def test_the_second_writer_of_a_case_is_refused(store: SqliteStore) -> None:
    case: dict[str, object] = {
        "number": 11, "kind": "complaint", "status": "open", "partial": True, "turn": 1, "due_at": None, "due": None,
        "clock": "none", "version": 0, "data": "{}", "call": CALL, "ordinal": 1, "opened_at": NOW.isoformat(),
    }  # fmt: skip
    with store.transaction() as tx:
        tx.put_case(case)
    with store.transaction() as tx:
        tx.put_case({"number": 11, "version": 1, "partial": False})
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.put_case({"number": 11, "version": 1, "partial": True})
    with store.transaction() as tx:
        assert [(found.version, found.partial) for found in tx.cases(CALL)] == [(2, False)]


def test_a_transaction_left_by_an_error_has_changed_nothing(store: SqliteStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.insert_call(row(CALL))
        raise ZeroDivisionError
    with store.transaction() as tx:
        assert tx.call(CALL) is None


def test_a_writer_waits_for_the_one_before_but_not_for_ever(store: SqliteStore) -> None:
    failed: list[IvrError] = []

    def second() -> None:
        try:
            with store.transaction():
                pass
        except StoreUnavailable as late:
            failed.append(late)

    with store.transaction():
        other = threading.Thread(target=second)
        other.start()
        other.join(60)
    assert [str(late) for late in failed] == ["the database was busy for too long"]


def test_another_process_s_lock_is_waited_for_but_not_for_ever(store: SqliteStore, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable, match="locked"), store.transaction():
            pass
        assert time.monotonic() - begun >= store.deadline
    with store.transaction() as tx:
        assert tx.call(CALL) is None


def test_a_database_is_not_made_by_the_first_call(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path / "none.db"), deadline=0)
    with pytest.raises(StoreUnavailable, match="cannot be opened"), store.transaction():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_is_not_there_is_none(store: SqliteStore) -> None:
    assert store.current_release() is None
    assert store.release_body("x") is None
    assert store.stored_call(CALL) is None


def test_checking_whether_it_can_be_written_writes_nothing(store: SqliteStore) -> None:
    store.check_writable()
    with store.transaction() as tx:
        assert tx.next_number() == 1


def test_a_recording_keeps_what_is_known(store: SqliteStore) -> None:
    with store.transaction() as tx:
        tx.put_recording("RE1", CALL, {"turn": 4, "seconds": 14}, fill=True)
        tx.put_recording("RE1", CALL, {"turn": 4, "seconds": 15, "status": "completed"})
        tx.put_recording("RE1", CALL, {"turn": 4, "seconds": 14, "url": "https://example.com/RE1"}, fill=True)
        tx.put_recording("RE1", CALL, {})
    with store.transaction() as tx:
        found = tx._execute("SELECT turn, url, seconds, status, transcript FROM recordings").fetchall()
    assert found == [(4, "https://example.com/RE1", 15, "completed", None)]


def test_a_sweep_ends_overdue_calls_and_no_others(store: SqliteStore) -> None:
    with store.transaction() as tx:
        tx.insert_call(row("silent", NOW - timedelta(seconds=1)))
        tx.insert_call(row("talking", NOW + timedelta(hours=4)))
        tx.insert_call({**row("ended", NOW - timedelta(hours=1)), "ended_at": NOW.isoformat(), "ended_by": "flow"})
    assert sweep(ports(store, NOW)) == 1
    assert sweep(ports(store, NOW)) == 0
    with store.transaction() as tx:
        ended = {call: found.ended_by for call in ("silent", "talking", "ended") if (found := tx.call(call))}
    assert ended == {"silent": "sweeper", "talking": None, "ended": "flow"}


def test_the_provider_s_report_wins_over_a_sweep(store: SqliteStore) -> None:
    with store.transaction() as tx:
        tx.insert_call(row(CALL, NOW - timedelta(hours=1)))
    assert sweep(ports(store, NOW)) == 1
    note_status(ports(store, NOW), StatusChange(call=CALL, terminal=True, sequence=3, caller="", called=""))
    with store.transaction() as tx:
        found = tx.call(CALL)
    assert found is not None
    assert (found.ended_by, found.disposition, found.status_seq) == ("provider", "abandoned", 3)


def test_upgrading_twice_changes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE counters SET value = 7")
    before = schema(path)
    upgrade(f"sqlite:///{path}")
    assert schema(path) == before
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT value FROM counters").fetchall() == [(7,)]


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
    assert why_not_current(f"sqlite:///{path}") == ""


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
    assert why_not_current(url) == ""


@pytest.mark.parametrize("url", ["postgresql://x/y", "sqlite://", "sqlite:///:memory:", "sqlite:///", "x"])
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
    assert run(db, ["check"]).exit_code == 1
    path.write_bytes(b"no database at all, but long enough to look like one" * 40)
    assert isinstance(run(db, ["check"]).exception, StoreUnavailable)


def test_a_database_of_a_later_version_is_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="9999"):
        upgrade(f"sqlite:///{path}")


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    odd = tmp_path / "a ?b#c%20d 银行"
    odd.mkdir()
    made = odd / "ivr.db"
    sqlite3.connect(made).close()
    store = SqliteStore(str(made))
    with store.transaction():
        pass
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [odd.name]
