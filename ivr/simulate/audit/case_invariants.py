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
            broken.append(Broken("I2", f"the call should leave {int(kind in made)} {kind}, it left {found[kind]}"))
    for row in call.cases:
        if row.kind in made and given(case_of(row)) != made[row.kind]:
            broken.append(Broken("I2", f"the {row.kind} does not hold what the path put on it"))
    return broken


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
            broken.append(Broken("I7", f"the {row.kind}{wrong}"))
    return broken


def _wrong_fold(row: CaseRow, log: Sequence[CaseEventRow]) -> str:
    """What differs between the row and its log folded, empty if nothing."""
    if not log or log[0].kind != "opened":
        return f" begins with {log[0].kind}, not with being opened" if log else " has no log"
    if [event.seq for event in log] != list(range(1, row.version + 1)):
        return f" is version {row.version}, its log counts {', '.join(str(event.seq) for event in log)}"
    made = case_row(row.number, folded([event_of(event) for event in log]))
    differ = [
        f"'s {name} is {is_}, by its log {was}"
        for name, is_, was in zip(row._fields, row, made, strict=True)
        if is_ != was
    ]
    return ",".join(differ)


def _wrong_story(row: CaseRow, log: Sequence[CaseEventRow]) -> str:
    """What is wrong with what a call did to its case, empty if nothing; of a case that staff have changed nothing is
    said. The edges are written out once more, so that a mistake in the table of moves is noticed."""
    if any(event.role not in ("caller", "system") for event in log):
        return ""
    status, partial = "closed" if row.kind in NOT_OWED else "open", True
    for n, event in enumerate(log):
        match event.kind:
            case "opened" if n:
                return " was opened twice"
            case "answered":
                if partial or status == "closed":  # a promise once made stands
                    status = "closed"
                partial = False
            case "unanswered":
                status, partial = "open", False
            case "completed":
                partial = False
    if row.status != status:
        return f" is {row.status}, by its log it is {status}"
    if row.partial != partial:
        return f" is {'partial' if row.partial else 'complete'}, by its log it is not"
    if (row.ended_at is None) != (status == "open"):
        return f" is {status} and ended {row.ended_at or 'never'}"
    if (row.due_at is None) != (row.clock == "none"):
        return f" is due {row.due_at or 'never'} under the clock {row.clock}"
    return ""
