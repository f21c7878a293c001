"""I2 and I7: the cases a call has left, against the path that made them and the log of what happened to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from ivr.call.case_kinds import NOT_OWED
from ivr.call.events import CaseEvent
from ivr.carrier.ledger import Broken
from ivr.case.case_record import CaseRecord, fold
from ivr.service.stored_rows import CaseEventOnRecord, CaseOnRecord
from ivr.simulate.audit.audited_call import AuditedCall, AuditRecords

_decode = msgspec.json.Decoder(CaseRecord).decode


def check_cases(call: AuditedCall) -> list[Broken]:
    """I2: one case for each kind whose intake was entered, no other, and each holds all that was said for it."""
    made: dict[str, CaseRecord | None] = {}
    for turn in call.taken:
        for event in turn.events:
            if isinstance(event, CaseEvent):
                made[event.kind] = fold(made.get(event.kind), event)
    broken: list[Broken] = []
    found = Counter(row.kind for row in call.cases)
    for kind in sorted({*made, *found}):
        if found[kind] != (kind in made):
            broken.append(Broken("I2", f"the call should leave {int(kind in made)} {kind}, it left {found[kind]}"))
    for row in call.cases:
        if row.kind in made and _decode(row.data) != made[row.kind]:
            broken.append(Broken("I2", f"the {row.kind} does not hold what the path put on it"))
    return broken


def check_status(cases: Sequence[CaseOnRecord], records: AuditRecords) -> list[Broken]:
    """I7: a case is opened once, only `answered` closes it and only `unanswered` opens it again; once complete it
    stays so; and the row says what the log says."""
    broken: list[Broken] = []
    for row in cases:
        wrong = _wrong_story(row, records.events(row.number))
        if wrong:
            broken.append(Broken("I7", f"the {row.kind} {wrong}"))
    return broken


def _wrong_story(row: CaseOnRecord, log: Sequence[CaseEventOnRecord]) -> str:
    """What is wrong with the log of a case, empty if nothing. A case without intake begins with being complete."""
    status, partial = "closed" if row.kind in NOT_OWED else "open", True
    for n, event in enumerate(log):
        match event.kind:
            case "opened" if n:
                return "was opened twice"
            case "answered":
                if partial or status == "closed":  # a promise once made stands
                    status = "closed"
                partial = False
            case "unanswered":
                status, partial = "open", False
            case "completed":
                partial = False
    if not log:
        return "has no log"
    if row.status != status:
        return f"is {row.status}, by its log it is {status}"
    if bool(row.partial) != partial:
        return f"is {'partial' if row.partial else 'complete'}, by its log it is not"
    if (row.due_at is None) != (status == "closed" or row.clock == "none"):
        return f"is {status} under the clock {row.clock} and due {row.due_at or 'never'}"
    return ""
