"""I2 and I7: the cases a call has left, against the path that made them and the log of what happened to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ivr.call.case_kinds import NOT_OWED
from ivr.call.events import CaseCompleted, CaseEvent, CaseNoted
from ivr.carrier.ledger import Broken
from ivr.case.case import given
from ivr.case.case_fields import urgency
from ivr.case.case_fold import folded
from ivr.messages.message import Message
from ivr.service.cases.case_rows import case_of, case_row, event_of
from ivr.service.rows import CaseEventRow, CaseRow
from ivr.simulate.audit.audited_call import AuditedCall, AuditRecords


def check_cases(call: AuditedCall) -> list[Broken]:
    """I2: one case for each kind whose intake was entered, no other, and each holds all that was said for it."""
    made: dict[str, dict[str, str]] = {}
    for turn in call.taken:
        for event in turn.events:
            if isinstance(event, CaseEvent):
                _add(made.setdefault(event.kind, {}), event)
    broken: list[Broken] = []
    found = Counter(row.kind for row in call.cases)
    for kind in sorted({*made, *found}):
        if found[kind] != (kind in made):
            broken.append(Broken("I2", _other_count(kind, found[kind], wanted=kind in made)))
    for row in call.cases:
        if row.kind in made and given(case_of(row)) != made[row.kind]:
            broken.append(Broken("I2", Message("simulate.case.not-kept", kind=row.kind)))
    return broken


def _other_count(kind: str, found: int, *, wanted: bool) -> Message:
    return Message("simulate.case.count", kind=kind, wanted=int(wanted), found=found)


def _add(said: dict[str, str], event: CaseEvent) -> None:
    """A later answer stands, an empty one is none, and the higher priority stays; written out once more, so that a
    mistake in the fold is noticed."""
    for name, value in event.fields.items() if isinstance(event, CaseNoted | CaseCompleted) else ():
        if value and not (name == "priority" and urgency(value) < urgency(said.get(name, ""))):
            said[name] = value


def check_log(cases: Iterable[CaseRow], records: AuditRecords) -> list[Broken]:
    """I7: the row is what its log folds to. And a call opens a case once and first, only `answered` closes it, only
    `unanswered` opens it again, and once complete it stays so."""
    broken: list[Broken] = []
    for row in cases:
        log = records.events(row.number)
        wrong = _wrong_fold(row, log) or _wrong_story(row, log)
        if wrong:
            broken.append(Broken("I7", wrong))
    return broken


def _wrong_fold(row: CaseRow, log: Sequence[CaseEventRow]) -> Message | None:
    """What differs between the row and its log folded, None if nothing."""
    if not log:
        return Message("simulate.case.no-log", kind=row.kind)
    if log[0].kind != "opened":
        return Message("simulate.case.begins", kind=row.kind, event=log[0].kind)
    if [event.seq for event in log] != list(range(1, row.version + 1)):
        counts = tuple(event.seq for event in log)
        return Message("simulate.case.version", kind=row.kind, version=row.version, counts=counts)
    made = case_row(row.number, folded([event_of(event) for event in log]))
    differ = tuple(
        Message("simulate.case.value", name=name, value=str(is_), by_log=str(was))
        for name, is_, was in zip(row._fields, row, made, strict=True)
        if is_ != was
    )
    return Message("simulate.case.differs", kind=row.kind, differences=differ) if differ else None


def _wrong_story(row: CaseRow, log: Sequence[CaseEventRow]) -> Message | None:
    """What is wrong with what a call did to its case, None if nothing; of a case that staff have changed nothing is
    said. The edges are written out once more, so that a mistake in the table of moves is noticed."""
    if any(event.role not in ("caller", "system") for event in log):
        return None
    status, partial = "closed" if row.kind in NOT_OWED else "open", True
    for n, event in enumerate(log):
        match event.kind:
            case "opened" if n:
                return Message("simulate.case.twice", kind=row.kind)
            case "answered":
                if partial or status == "closed":  # a promise once made stands
                    status = "closed"
                partial = False
            case "unanswered":
                status, partial = "open", False
            case "completed":
                partial = False
    if row.status != status:
        return Message("simulate.case.status", kind=row.kind, status=row.status, by_log=status)
    if row.partial != partial:
        return _not_by_log(row)
    if (row.ended_at is None) != (status == "open"):
        return Message("simulate.case.ended", kind=row.kind, status=status, at=str(row.ended_at or "-"))
    if (row.due_at is None) != (row.clock == "none"):
        return Message("simulate.case.due", kind=row.kind, at=str(row.due_at or "-"), clock=row.clock)
    return None


def _not_by_log(row: CaseRow) -> Message:
    if row.partial:
        return Message("simulate.case.partial", kind=row.kind)
    return Message("simulate.case.complete", kind=row.kind)
