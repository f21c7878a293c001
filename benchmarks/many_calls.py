"""Databases with any number of calls on record, made in bulk: customers of whom one phones all the time, three turns a
call, a case from two calls of five, one case in ten of them open. The calls come evenly over ninety days until now."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from ivr.storage.bulk import engine

DAYS = 90
TURNS = 3
HEAVY, ORDINARY = "+8613900000000", "+8613800007919"
"""One in a thousand calls is the heavy customer's; an ordinary one phones about three times."""
REPLY = "x" * 400
ANSWERED = "x" * 150


class Dialect(NamedTuple):
    """What the two databases spell differently, as formats of the number of a call."""

    name: str
    stamp: str
    before: tuple[str, ...]
    after: str


SQLITE = Dialect(
    "'CA' || printf('%032x', ({i} * 2654435761) % 4294967296)",
    "strftime('%Y-%m-%dT%H:%M:%f000+00:00', {seconds}, 'unixepoch')",
    ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-1000000", "PRAGMA foreign_keys=OFF"),
    "ANALYZE",
)
POSTGRES = Dialect(
    "'CA' || lpad(to_hex(({i} * 2654435761) % 4294967296), 32, '0')",
    "to_char(to_timestamp({seconds}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
    ("SET synchronous_commit = off", "SET statement_timeout = 0"),
    "VACUUM ANALYZE",
)


def fill(url: str, release: str, count: int) -> None:
    """Put so many calls on record, all of this release."""
    with closing(engine(url).connect()) as connection:
        dialect = SQLITE if connection.dialect.name == "sqlite" else POSTGRES
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in dialect.before:
            connection.exec_driver_sql(statement)
        for table, columns, values, kept in _rows(dialect, release, count):
            _insert(connection, table, columns, f"SELECT {values} FROM n {kept}", count)
        connection.exec_driver_sql(dialect.after)


def _insert(connection: Connection, table: str, columns: str, chosen: str, count: int) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
    statement = f"INSERT INTO {table} ({columns}) {numbers} {chosen}"
    doubled = statement if connection.dialect.name == "sqlite" else statement.replace("%", "%%")
    connection.exec_driver_sql(doubled)


def _rows(dialect: Dialect, release: str, count: int) -> list[tuple[str, str, str, str]]:
    """For each table its columns, the values of its row for call `i`, and which calls have one."""
    began = datetime.now(UTC).timestamp() - DAYS * 86400
    call = dialect.name.format(i="i")
    at = dialect.stamp.format(seconds=f"({began} + i * {DAYS * 86400 / count})")
    customer = (
        f"CASE WHEN i % 1000 = 7 THEN '{HEAVY}' "
        f"ELSE '+86138' || substr('' || (100000000 + (i * 7919) % {max(count // 3, 10)}), 2) END"
    )
    open_case = "i % 50 < 2"
    living = f"i > {count - 50}"
    turns = [
        (
            "turns",
            "call, turn, at, route, input, reply, digest",
            f"{call}, {turn}, {at}, 'turn', '{ANSWERED}', '{REPLY}', '0123456789abcdef'",
            "",
        )
        for turn in range(1, TURNS + 1)
    ]
    return [
        (
            "calls",
            "call, version, turns_taken, number, direction, release, entry, language, customer, line, started_at, "
            "last_turn_at, expected_by, transfer_seconds, status_seq, ended_at, ended_by, disposition, "
            "ending, simulated",
            f"{call}, {TURNS}, {TURNS}, {count} + i, 'incoming', '{release}', 'main', 'zh-CN', {customer}, "
            f"'+862155500100', {at}, {at}, {at}, 0, -1, CASE WHEN {living} THEN NULL ELSE {at} END, "
            f"'flow', 'completed', 'served', false",
            "",
        ),
        *turns,
        (
            "cases",
            "number, version, call, ordinal, kind, status, partial, turn, customer, language, opened_at, due_at, due, "
            "clock, ended_at, simulated, facts, personal",
            f"i * 16, 2, {call}, 1, 'complaint', CASE WHEN {open_case} THEN 'open' ELSE 'closed' END, false, 3, "
            f"{customer}, 'zh-CN', {at}, {at}, substr({at}, 1, 10), 'complaints', "
            f"CASE WHEN {open_case} THEN NULL ELSE {at} END, false, '{{}}', '{{\"phone\":\"{ORDINARY}\"}}'",
            "WHERE i % 5 < 2",
        ),
        (
            "work",
            "kind, ref, due_at, tries, data",
            f"'benchmark', i, CASE WHEN i <= {count // 20} THEN {at} ELSE '9999' END, 0, '{{}}'",
            "WHERE i % 10 = 0",
        ),
    ]
