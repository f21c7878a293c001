"""What readiness writes: a row in every table that a turn writes to, as long as a long turn's, and away again.

All of it is one transaction, which is committed: the disk has to take it, and nobody else ever sees it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ivr.service.rows import CallRow, CaseEventRow, CaseRow, RecordingRow, TurnRecord
from ivr.storage.statements import Statements

LONG_REPLY = "x" * 8192
"""More than the free space of any page: a file that cannot grow must not look writable."""
AT = "1970-01-01T00:00:00.000000+00:00"


class ProbeStatement(NamedTuple):
    """A statement of the probe. One that `finds` must give a row."""

    text: str
    values: Mapping[str, Any] | Sequence[Any]
    finds: bool = False


def probe(sql: Statements) -> Iterator[ProbeStatement]:
    """The statements in order. The rows have keys of their own, so that two processes never wait for each other."""
    name, number = f"probe-{secrets.token_hex(8)}", -1 - secrets.randbelow(2**60)
    rows = (
        (sql.insert_call, _call(name)),
        (sql.insert_turn, TurnRecord(name, 1, AT, "probe", None, b"{}", LONG_REPLY, b"", None)),
        (sql.insert_case, _case(number, name)),
        (sql.insert_case_event, CaseEventRow(number, 1, AT, "probe", "probe", "system", name, 1, "{}", None)),
        (sql.fill_recording, RecordingRow(name, name, 1)),
    )
    for statement, row in rows:
        yield ProbeStatement(statement.text, statement.values(row))
    for text in sql.drop_probe:
        yield ProbeStatement(text, {"call": name, "number": number})
    yield ProbeStatement(sql.switches, {})
    yield ProbeStatement(sql.number_source, {}, finds=True)
    yield ProbeStatement(sql.touch, {}, finds=True)


def _call(name: str) -> CallRow:
    return CallRow(
        call=name,
        version=1,
        turns_taken=1,
        number=None,
        direction="incoming",
        release=None,
        entry=None,
        state=b"{}",
        language=None,
        customer="",
        address=None,
        line="",
        started_at=AT,
        last_turn_at=AT,
        expected_by=AT,
        transfer_seconds=0,
        person=None,
        status_seq=-1,
        network_end=None,
        ended_at=AT,
        ended_by=None,
        disposition=None,
        ending=None,
        erased_at=None,
        simulated=True,
    )


def _case(number: int, call: str) -> CaseRow:
    return CaseRow(
        number=number,
        version=1,
        call=call,
        ordinal=1,
        kind="probe",
        status="probe",
        partial=True,
        owner=None,
        turn=1,
        customer="",
        language=None,
        opened_at=AT,
        due_at=None,
        due=None,
        clock="",
        promised=None,
        ended_at=AT,
        simulated=True,
        facts="{}",
        personal=None,
    )
