"""Calls that nobody ended: a line died, or its status webhook never came. The sweep is work like any other."""

from __future__ import annotations

from datetime import timedelta

from ivr.service.calls.close import swept
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import Piece, stamp
from ivr.service.work import WorkKind

EVERY = timedelta(seconds=60)
AT_ONCE = 20
"""Calls ended in one transaction: a few milliseconds, so that no caller waits for it."""


def sweep(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta:
    """End the next calls that are overdue (`expected_by`); when to come again. A later voice request reopens a call."""
    assert tx is not None
    overdue = ports.store.overdue_calls(AT_ONCE)
    for call in overdue:
        row = tx.call(call)
        if row is not None and not row.ended_at and row.expected_by < stamp(tx.now()):
            tx.put_call(swept(tx, row, ports.clock()))
    return timedelta() if len(overdue) == AT_ONCE else EVERY


SWEEP = WorkKind(name="sweep", how="inside", effect=sweep, every=EVERY)
