"""What a database URL may name, how sentences call it, and what is said where it cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from ivr.app.database import check_made, opened
from ivr.config import Settings
from ivr.errors import IvrError, NoDatabase, SettingInvalid, StoreUnavailable
from ivr.storage import bulk
from ivr.storage.bulk import engine
from ivr.storage.database_url import database_name, file_is_missing
from ivr.storage.schema import readable_by_others, revision, upgrade, why_not_current
from ivr.storage.tables import metadata

UPGRADE = "import sys; from ivr.storage.schema import upgrade; upgrade(sys.argv[1])"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///ivr.db", "ivr.db"),
        ("postgresql://ops:secret@db.example.com:5433/calls", "postgresql://ops@db.example.com:5433/calls"),
        (
            "postgres://ops:s%40%2f@db.example.com/calls?sslmode=require&password=x",
            "postgresql://ops@db.example.com/calls",
        ),
        ("postgresql:///calls?host=/run/postgresql", "postgresql:///run/postgresql/calls"),
    ],
)
def test_sentences_name_a_database_without_its_password(url: str, name: str) -> None:
    assert database_name(url) == name


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/calls", 'names a "mysql" database. Write "sqlite:///ivr.db" or "postgresql://'),
        ("postgresql+psycopg://host/calls", 'names a "postgresql+psycopg" database'),
        ("postgresql://host", "names no database on its server"),
        ("postgresql://host:port/calls", "is not a URL. Write it as"),
        ("postgresql://host/calls?no_such_option=1", "cannot be read as a URL"),
    ],
)
def test_a_url_that_makes_no_sense_is_refused(url: str, said: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        engine(url)

    assert str(refused.value).startswith(f"IVR_DATABASE_URL {said}") and "\n" not in str(refused.value)


def of_server(url: str, **changed: str) -> str:
    """The same server with other connection parameters."""
    known = {**psycopg.conninfo.conninfo_to_dict(url), **changed}
    query = f"host={known['host']}&user={known['user']}" + (f"&port={known['port']}" if "port" in known else "")
    return f"postgresql:///{known['dbname']}?{query}"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dbname": "nowhere"}, 'database "nowhere" does not exist'),
        ({"user": "nobody_we_know"}, "nobody_we_know"),
        ({"host": "127.0.0.1", "port": "1"}, "refused"),
    ],
)
def test_a_server_or_database_that_cannot_be_used_is_one_sentence(
    bare_postgres_url: str, changed: dict[str, str], said: str
) -> None:
    url = of_server(bare_postgres_url, **changed)
    for use in (upgrade, why_not_current):
        with pytest.raises(StoreUnavailable) as failed:
            use(url)
        sentence = str(failed.value)
        assert sentence.startswith(f"the database {database_name(url)} cannot be used: ")
        assert said in sentence and "\n" not in sentence


def test_a_server_too_old_is_refused(bare_postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "OLDEST", 99)

    with pytest.raises(StoreUnavailable, match=r"is on PostgreSQL \d\d. ivr works with versions 99 to 18\."):
        upgrade(bare_postgres_url)


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(SettingInvalid, match=r'which is not installed .* Run `pip install "ivr\[postgres\]"`'):
        engine("postgresql://127.0.0.1/calls")


def test_the_migrations_make_the_tables_the_code_writes_to(database_url: str) -> None:
    made = engine(database_url)
    with made.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    made.dispose()


def test_upgrading_a_postgresql_database_twice_changes_nothing(postgres_url: str) -> None:
    made = engine(postgres_url)
    with made.begin() as connection:
        connection.execute(text("UPDATE counters SET value = 7"))

    upgrade(postgres_url)

    with made.connect() as connection:
        assert connection.execute(text("SELECT DISTINCT value FROM counters")).all() == [(7,)]
    made.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_processes_that_make_one_database_at_once_none_fails(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'ivr.db'}"
    if kind == "postgresql":
        url = request.getfixturevalue("bare_postgres_url")
    words = [sys.executable, "-c", UPGRADE, url]
    started = [subprocess.Popen(words, stderr=subprocess.PIPE, text=True) for _ in range(3)]

    failed = [process.communicate(timeout=60)[1] for process in started]

    assert [process.returncode for process in started] == [0, 0, 0], failed
    assert why_not_current(url) is None


def test_a_migration_that_waits_in_vain_for_another_is_a_sentence(
    bare_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LOCK_SECONDS", 0.2)
    with psycopg.connect(bare_postgres_url) as other:
        other.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        with pytest.raises(StoreUnavailable, match="cannot be used: canceling statement due to lock timeout"):
            upgrade(bare_postgres_url)
        other.rollback()

    upgrade(bare_postgres_url)
    assert why_not_current(bare_postgres_url) is None


def test_an_empty_postgresql_database_is_one_that_nobody_has_made_yet(bare_postgres_url: str) -> None:
    with pytest.raises(NoDatabase, match=r"the database postgresql:.* has no tables yet. `ivr db upgrade`"):
        check_made(Settings(database_url=bare_postgres_url))
    assert revision(bare_postgres_url) is None


def test_looking_at_a_sqlite_file_never_makes_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ivr.db'}"
    for look in (lambda: opened(Settings(database_url=url)).__enter__(), lambda: why_not_current(url)):
        with pytest.raises(IvrError):
            look()

    assert file_is_missing(url) and list(tmp_path.iterdir()) == []


def test_a_new_sqlite_file_is_its_owner_s_alone_and_so_are_the_files_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        settings = Settings(database_url=f"sqlite:///{tmp_path / 'ivr.db'}")
        upgrade(settings.database_url)
        with opened(settings) as database:
            database.ports.store.check_writable()
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    finally:
        os.umask(before)

    assert modes == {"ivr.db": 0o600, "ivr.db-wal": 0o600, "ivr.db-shm": 0o600}
    assert readable_by_others(settings.database_url) is None


def test_a_file_that_every_user_can_read_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "ivr.db"
    upgrade(f"sqlite:///{path}")
    path.chmod(0o644)

    assert readable_by_others(f"sqlite:///{path}") == (
        f"every user of this machine can read the database {path}. Run `chmod 600 {path}`."
    )
    path.chmod(0o640)
    assert readable_by_others(f"sqlite:///{path}") is None


@pytest.mark.parametrize("password", ["q7x/k9v", "q7x#k9v", "q7x?k9v", "q7x@k9v", "q7x%zzk9v", "q7x k9v", "q7x:k9v"])
def test_no_part_of_a_password_is_in_any_sentence(password: str) -> None:
    url = f"postgresql://ivr:{password}@127.0.0.1:1/calls"
    for ask in (database_name, why_not_current):
        said = ""
        try:
            said = ask(url)
        except IvrError as failed:
            said = str(failed)
        assert "q7x" not in said and "k9v" not in said


def test_a_url_may_name_several_servers() -> None:
    assert database_name("postgresql://ivr@a:5432,b:5433/calls?target_session_attrs=read-write") == (
        "postgresql://ivr@a:5432,b:5433/calls"
    )
