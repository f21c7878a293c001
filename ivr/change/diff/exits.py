"""Where a step's exits lead by its own fields: what a choice or an outcome takes over from the step is filled in, what
the step takes over from the hotline is not."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.steps.compiling import StepFields
from ivr.steps.hours import HoursFields
from ivr.steps.menu import ChoiceFields, MenuFields
from ivr.steps.run import RunFields
from ivr.steps.target import GOODBYE, Target
from ivr.steps.transfer import OUTCOMES, TransferFields
from ivr.steps.yes_no import YesNoFields

FIELDS = frozenset({"next", "yes", "no", "answered", "otherwise", "open", "closed", "holiday", "outcomes", *OUTCOMES})
"""The fields of steps that say where exits lead."""


def exits_of(fields: StepFields, first: str) -> dict[str, str]:
    """Target by exit; one that the hotline decides is left out."""
    found = _of_kind(fields, first)
    for how in ("no_input", "no_match"):
        own = getattr(fields, how, None)
        found = {**found, how: own.next if own is not None else None}
    return {exit: str(target) for exit, target in found.items() if target is not None}


def _of_kind(fields: StepFields, first: str) -> Mapping[str, Target | None]:
    match fields:
        case MenuFields(scale=None):
            return {name_of(choice, first): choice.next or fields.next for choice in fields.choices.values()}
        case YesNoFields():
            return {"yes": fields.yes or fields.next, "no": fields.no or fields.next}
        case TransferFields():
            outcomes = {how: getattr(fields, how) or fields.otherwise for how in OUTCOMES}
            return {"answered": fields.answered or GOODBYE, **outcomes}
        case HoursFields():
            return {"open": fields.open, "closed": fields.closed, "holiday": fields.holiday or fields.closed}
        case RunFields():
            return {"next": fields.next, **fields.outcomes}
    return {"next": getattr(fields, "next", None)}


def name_of(choice: ChoiceFields, first: str) -> str:
    """A choice's name, as its exit has it; `first` is the hotline's first language."""
    return choice.is_ or choice.label.get(first) or next(iter(choice.label.values()))
