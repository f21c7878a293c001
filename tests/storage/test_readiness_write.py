"""What readiness writes is what a turn writes: where a turn would fail, so does it; and nothing of it stays."""

from __future__ import annotations

import subprocess
import sys

import pytest
from any_store import AnyStore, MakeStore, rows, write

from ivr.errors import StoreUnavailable

TABLES = ("calls", "turns", "cases", "case_events", "recordings", "counters", "switches")
WRITTEN = ("calls", "turns", "cases", "case_events", "recordings")


def test_nothing_of_it_stays_but_its_own_count(store: AnyStore) -> None:
    before = rows(store, "SELECT value FROM counters WHERE name = 'ready'")[0][0]
    numbers = rows(store, "SELECT name, value FROM counters WHERE name <> 'ready'")
    for _ in range(3):
        store.check_writable()
    assert [rows(store, f"SELECT count(*) FROM {table}")[0][0] for table in WRITTEN] == [0] * len(WRITTEN)
    assert rows(store, "SELECT value FROM counters WHERE name = 'ready'")[0][0] == before + 3
    assert rows(store, "SELECT name, value FROM counters WHERE name <> 'ready'") == numbers


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_a_turn_needs_is_missing(store: AnyStore, make_store: MakeStore, table: str) -> None:
    store.check_writable()
    write(make_store(), f"ALTER TABLE {table} RENAME TO gone")
    with pytest.raises(StoreUnavailable):
        store.check_writable()
    write(make_store(), f"ALTER TABLE gone RENAME TO {table}")
    store.check_writable()


@pytest.mark.parametrize("column", ["turns.digest", "calls.ending", "cases.promised"])
def test_a_column_that_a_turn_needs_is_missing(store: AnyStore, column: str) -> None:
    table, name = column.split(".")
    write(store, f"ALTER TABLE {table} RENAME COLUMN {name} TO gone")
    with pytest.raises(StoreUnavailable):
        store.check_writable()


def test_the_row_that_numbers_come_from_is_gone(store: AnyStore, database_url: str) -> None:
    sqlite = database_url.startswith("sqlite")
    write(store, "DELETE FROM counters WHERE name = 'call'" if sqlite else "DROP SEQUENCE call_numbers")
    with pytest.raises(StoreUnavailable):
        store.check_writable()


def test_its_own_row_is_gone(store: AnyStore) -> None:
    write(store, "DELETE FROM counters WHERE name = 'ready'")
    with pytest.raises(StoreUnavailable, match="lost one of the rows"):
        store.check_writable()


def test_the_database_can_only_be_read(store: AnyStore, database_url: str) -> None:
    sqlite = database_url.startswith("sqlite")
    write(store, "PRAGMA query_only=ON" if sqlite else "SET default_transaction_read_only = on")
    with pytest.raises(StoreUnavailable):
        store.check_writable()


def test_the_file_may_not_grow(store: AnyStore, database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        return  # its disk is its server's
    write(store, "PRAGMA max_page_count=1")
    with pytest.raises(StoreUnavailable):
        store.check_writable()


ON_A_FULL_DISK = """
import resource, signal, sys
from ivr.errors import StoreUnavailable
from ivr.storage.sqlite import SqliteStore
store = SqliteStore(sys.argv[1], deadline=2)
store.check_writable()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    store.check_writable()
except StoreUnavailable as failed:
    print("not writable:", failed)
"""


def test_the_system_takes_no_more_bytes(store: AnyStore, database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        return  # its disk is its server's
    path = database_url.removeprefix("sqlite:///")
    done = subprocess.run([sys.executable, "-c", ON_A_FULL_DISK, path], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("not writable:"), done.stderr
