"""The first analysis of a case by the hotline's rules: at intake, and again when its recording has been transcribed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from ivr.call.state import NO_VALUES, Values
from ivr.case.case import FINAL, By, Case, CaseEvent, given
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.triage import as_facts, triage
from ivr.flow.model import Release
from ivr.service.ports import Transaction

SYSTEM = By("system", "system")
OPEN_CASES, VISITS = "caller.open_cases", "caller.visits"


class Beside(NamedTuple):
    """What the analysis looks at beside the case itself: when it is, what was heard that is no field of the case, the
    values of the call, and whether the store counts the case among the open ones of its customer already."""

    at: datetime
    heard: str = ""
    call: Values = NO_VALUES
    counted: bool = True


def analysed(tx: Transaction, release: Release, case: Case, beside: Beside) -> tuple[Case, CaseEvent] | None:
    """The case with what the rules propose now, and the event that says so; None where they say nothing new."""
    if not release.triage or case.status in FINAL:
        return None
    said = " ".join([*given(case).values(), beside.heard])
    proposal = triage(release.triage, case.kind, said, _values(tx, case, beside), case.language or "")
    facts = as_facts(proposal) if proposal else {}
    if facts == case.life.triage:
        return None
    event = move(case, Move("triaged", facts), SYSTEM, beside.at)
    assert isinstance(event, CaseEvent), str(event)
    return fold(case, event), event


def _values(tx: Transaction, case: Case, beside: Beside) -> Callable[[str], str | None]:
    """What conditions may ask: fields of the case, values of the call, and the caller's history without this case."""

    def value(name: str) -> str | None:
        if name == OPEN_CASES and case.customer:
            mine = beside.counted and not case.simulated
            return str(max(0, tx.open_cases(case.customer) - mine))
        if name == VISITS and case.customer:
            return str(tx.visits(case.customer, case.call or ""))
        return beside.call.get(name) or given(case).get(name)

    return value
