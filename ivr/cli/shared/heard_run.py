"""What nobody understood in the calls on record, a range of them in each process."""

from __future__ import annotations

import os
from functools import partial

from ivr.app.database import opened
from ivr.cli.shared.call_parts import parts_of
from ivr.cli.shared.spread import spread, with_bar
from ivr.config import Settings
from ivr.messages.message import Message
from ivr.replay.unanswered import Unanswered, unanswered
from ivr.service.ports import CallFilter

A_PART = 500
"""Calls a process takes at a time."""
WORTH_SEVERAL = 4
"""Parts from which on several processes are faster."""


def said_in_vain(settings: Settings, wanted: CallFilter) -> Unanswered:
    """What nobody understood in the wanted calls. `NoDatabase` where there is no database."""
    with opened(settings) as database:
        names = database.calls.names(wanted)
    parts = parts_of(wanted, names, A_PART)
    jobs = os.cpu_count() or 1 if len(parts) >= WORTH_SEVERAL else 1
    whole = Unanswered()
    for part in with_bar(spread(partial(_part, settings), parts, jobs), len(parts), Message("heard-command.bar")):
        whole.add(part)
    return whole


def _part(settings: Settings, part: CallFilter) -> Unanswered:
    with opened(settings) as database:
        return unanswered(database.calls, part, database.ports.release)
