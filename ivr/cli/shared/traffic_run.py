"""The traffic of calls on record, a range of them in each process."""

from __future__ import annotations

import os
from functools import partial

from ivr.app.database import opened
from ivr.cli.shared.call_parts import parts_of
from ivr.cli.shared.spread import spread, with_bar
from ivr.config import Settings
from ivr.messages.message import Message
from ivr.replay.traffic import Traffic, traffic_of
from ivr.service.ports import CallFilter

A_PART = 500
"""Calls a process takes at a time."""
WORTH_SEVERAL = 4
"""Parts from which on several processes are faster."""


def traffic(settings: Settings, wanted: CallFilter) -> Traffic:
    """What the wanted calls took. `NoDatabase` where there is no database."""
    with opened(settings) as database:
        names = database.calls.names(wanted)
    parts = parts_of(wanted, names, A_PART)
    jobs = os.cpu_count() or 1 if len(parts) >= WORTH_SEVERAL else 1
    whole = Traffic()
    for part in with_bar(spread(partial(_part, settings), parts, jobs), len(parts), Message("overlay.traffic.bar")):
        whole.add(part)
    return whole


def _part(settings: Settings, part: CallFilter) -> Traffic:
    with opened(settings) as database:
        return traffic_of(database.calls, part, database.ports.release)
