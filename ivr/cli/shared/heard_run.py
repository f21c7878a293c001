"""What callers said in the calls on record, a range of them in each process."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Protocol, Self, TypeVar

from ivr.app.database import opened
from ivr.cli.shared.call_parts import parts_of
from ivr.cli.shared.spread import spread, with_bar
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.topics_said import TopicsSaid, topics_said
from ivr.replay.unanswered import Unanswered, unanswered
from ivr.service.ports import CallFilter, CallRecords

A_PART = 500
"""Calls a process takes at a time."""
WORTH_SEVERAL = 4
"""Parts from which on several processes are faster."""


class _Counted(Protocol):
    """What calls come to, which may be added up."""

    def add(self, other: Self) -> None:
        """Count what another part of the calls came to."""


Counts = TypeVar("Counts", bound=_Counted)
_Count = Callable[[CallRecords, CallFilter, Callable[[str], Release]], Counts]


def said_in_vain(settings: Settings, wanted: CallFilter) -> Unanswered:
    """What nobody understood in the wanted calls. `NoDatabase` where there is no database."""
    return _counted(settings, wanted, unanswered, Unanswered())


def said_of_topics(settings: Settings, wanted: CallFilter) -> TopicsSaid:
    """What was said in the wanted calls at menus that know topics. `NoDatabase` where there is no database."""
    return _counted(settings, wanted, topics_said, TopicsSaid())


def _counted(settings: Settings, wanted: CallFilter, count: _Count[Counts], whole: Counts) -> Counts:
    with opened(settings) as database:
        names = database.calls.names(wanted)
    parts = parts_of(wanted, names, A_PART)
    jobs = os.cpu_count() or 1 if len(parts) >= WORTH_SEVERAL else 1
    work = spread(partial(_part, settings, count), parts, jobs)
    for part in with_bar(work, len(parts), Message("heard-command.bar")):
        whole.add(part)
    return whole


def _part(settings: Settings, count: _Count[Counts], part: CallFilter) -> Counts:
    with opened(settings) as database:
        return count(database.calls, part, database.ports.release)
