"""A case as the fold of what its call said: opened partial, filled turn by turn, completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from ivr.call.case_kinds import NOT_OWED, CaseKind
from ivr.call.events import CaseCompleted, CaseNoted, CaseOpened, Event

Status = Literal["open", "closed"]
PRIORITIES = ("normal", "high", "urgent")


class CaseRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is on record of a case. `outcome` is `answered`, `unanswered` or empty; `fields` what the caller gave."""

    kind: CaseKind
    status: Status = "open"
    partial: bool = True
    outcome: str = ""
    fields: Mapping[str, str] = {}


def fold(record: CaseRecord | None, event: Event) -> CaseRecord | None:
    """The record after an event that concerns it. Opening twice, or noting what is known, changes nothing."""
    match event:
        case CaseOpened(kind=kind):
            return record or _fresh(kind)
        case CaseNoted(kind=kind, fields=fields):
            return _with(record or _fresh(kind), fields)
        case CaseCompleted(kind=kind, fields=fields, outcome=outcome):
            return _completed(_with(record or _fresh(kind), fields), outcome)
    return record


def _fresh(kind: CaseKind) -> CaseRecord:
    return CaseRecord(kind=kind, status="closed" if kind in NOT_OWED else "open")


def _with(record: CaseRecord, fields: Mapping[str, str]) -> CaseRecord:
    known = {**record.fields, **{name: value for name, value in fields.items() if value}}
    if "priority" in record.fields and "priority" in fields:
        known["priority"] = max(record.fields["priority"], fields["priority"], key=_urgency)
    return msgspec.structs.replace(record, fields=known)


def _urgency(priority: str) -> int:
    return PRIORITIES.index(priority) if priority in PRIORITIES else 0


def _completed(record: CaseRecord, outcome: str) -> CaseRecord:
    """`unanswered` reopens a case. `answered` closes it, unless the caller was promised an answer before.

    The audit folds cases on its own, so that it can notice a mistake here: `ivr/simulate/audit/case_invariants.py`.
    """
    if outcome == "answered" and not record.partial and owed(record):
        outcome = ""
    status: Status = "closed" if outcome == "answered" else "open" if outcome == "unanswered" else record.status
    return msgspec.structs.replace(record, partial=False, status=status, outcome=outcome or record.outcome)


def owed(record: CaseRecord) -> bool:
    """Whether somebody waits for an answer; nobody does after an answered inquiry, or feedback."""
    return record.status == "open"
