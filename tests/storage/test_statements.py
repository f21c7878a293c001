"""What the statements of a turn cost: no index is written for nothing, and no table is read from end to end."""

from __future__ import annotations

import re
from typing import Any

import pytest
from any_store import AnyStore, rows, write

from ivr.service.rows import CallRow, CaseRow
from ivr.storage.sqlite import SqliteStore
from ivr.storage.tables import ADVANCED, metadata

ROWS = {"calls": CallRow, "cases": CaseRow}


@pytest.mark.parametrize("name", ADVANCED)
def test_no_index_holds_a_column_that_goes_on_with_every_turn(name: str) -> None:
    table = metadata.tables[name]
    conditions = " ".join(str(index.dialect_options["sqlite"]["where"]) for index in table.indexes)
    unique = {column.name for constraint in table.constraints for column in constraint.columns}  # type: ignore[attr-defined]
    indexed = {column.name for index in table.indexes for column in index.columns} | unique | {
        column.name for column in table.columns if column.unique or re.search(rf"\b{column.name}\b", conditions)
    }  # fmt: skip
    assert not indexed & set(ADVANCED[name])
    assert set(ADVANCED[name]) <= set(ROWS[name]._fields)


READS = (
    "read_call", "read_reply", "read_cases", "read_case", "read_case_events", "release_body", "call_s_release",
    "call_s_inputs", "visits", "open_cases", "overdue_calls", "claim_work", "due_kinds",
)  # fmt: skip
VALUES: dict[str, Any] = {
    "call": "CA1", "turn": 1, "number": 1, "name": "live", "hash": "h", "customer": "+1", "now": "2026", "most": 20,
    "kind": "sweep", "claimed_by": "me", "claimed_until": "2026", "id": 1,
}  # fmt: skip


@pytest.mark.parametrize("read", READS)
def test_what_a_turn_or_a_worker_reads_is_found_by_an_index(store: AnyStore, read: str) -> None:
    fill(store)
    plan = explained(store, getattr(store.sql, read))
    assert not re.search(r"SCAN (calls|turns|cases|case_events|work)\b(?! USING (COVERING )?INDEX)|Seq Scan", plan), (
        plan
    )


@pytest.mark.parametrize("read", ["visits", "open_cases"])
def test_a_caller_s_history_is_counted_by_an_index_alone(store: AnyStore, read: str) -> None:
    fill(store)
    assert re.search("COVERING INDEX|Index Only Scan", explained(store, getattr(store.sql, read)))


def explained(store: AnyStore, text: str) -> str:
    how = "EXPLAIN QUERY PLAN " if isinstance(store, SqliteStore) else "EXPLAIN "
    found = store.connection().execute(how + text, VALUES).fetchall()
    return "\n".join(str(row[-1]) for row in found)


def fill(store: AnyStore) -> None:
    """Enough of everything that a scan is never the cheaper way."""
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
    call = "'CA' || i, 1, 1, i, 'incoming', '+' || i, '', '', '', '', 0, -1, false, CASE WHEN i > 9 THEN '2' END"
    case = (
        "i, 1, 'CA' || i, 1, 'inquiry', 'open', false, '+' || i, '', 'none', false, '{}', CASE WHEN i > 9 THEN '2' END"
    )
    for table, columns, values in (
        ("calls", "call, version, turns_taken, number, direction, customer, line, started_at, last_turn_at, "
         "expected_by, transfer_seconds, status_seq, simulated, ended_at", call),
        ("cases", "number, version, call, ordinal, kind, status, partial, customer, opened_at, clock, simulated, "
         "facts, ended_at", case),
        ("turns", "call, turn, at, route, input, digest", "'CA' || i, 1, '', '', '', ''"),
        ("case_events", "number, seq, at, kind, by, role, facts", "i, 1, '', '', '', '', ''"),
        ("work", "kind, ref, due_at, tries, data, dead_at", "'letter', i, '', 0, '', CASE WHEN i > 9 THEN '2' END"),
        ("releases", "hash, body, stored_at", "'h' || i, '', ''"),
    ):  # fmt: skip
        write(store, f"INSERT INTO {table} ({columns}) {many} SELECT {values} FROM n")
    if isinstance(store, SqliteStore):
        write(store, "ANALYZE")
    else:
        write(store, "VACUUM ANALYZE")
    assert rows(store, "SELECT count(*) FROM calls")[0][0] == 3000
