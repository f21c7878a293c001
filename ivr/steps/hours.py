"""`hours`: go one way when a calendar is open, another when it is closed."""

from __future__ import annotations

from typing import Annotated, ClassVar

from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import HoursName, To
from ivr.steps.kind import ExitWords, Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="hours",
    shape="cut",
    icon="◷",
    outline="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm.8 3.5v4.2l3 1.8-.7 1.2-3.8-2.3V3.5z",
    row_words={"open": "steps.row.open", "closed": "steps.row.closed", "holiday": "steps.row.holiday"},
    together=((("closed", "holiday"), "steps.row.closed"),),
    called="steps.kind.hours",
    exit_words={
        "open": ExitWords("steps.leaving.open", "steps.callers.open"),
        "closed": ExitWords("steps.leaving.closed", "steps.callers.closed"),
        "holiday": ExitWords("steps.leaving.holiday", "steps.callers.holiday"),
    },
    also_called=("time", "schedule", "opening_hours", "open", "calendar", "营业时间"),
)
EXAMPLE = """\
desk:
  hours: agents
  open: person
  closed: closed
"""


class HoursFields(StepFields):
    """`hours: NAME` with `open`, `closed` and, where it differs, `holiday`."""

    kind: ClassVar[Kind] = KIND

    hours: Annotated[HoursName, Reported("hours", "steps.field.hours")]
    open: To
    closed: To
    holiday: To | None = None

    def targets_by_exit(self, language: str) -> dict[str, Target]:
        return {"open": self.open, "closed": self.closed, "holiday": self.holiday or self.closed}

    def compile(self, place: Compiling) -> HoursStep:
        return HoursStep(place.step, self.hours, self.targets_by_exit(place.languages[0]))


class HoursStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("declared", "exits", "fact", "name")

    def __init__(self, name: str, hours: str, exits: dict[str, Target]) -> None:
        self.name, self.fact, self.exits = name, f"hours.{hours}", exits
        self.declared = Declared(reads=frozenset({self.fact}), exits=exits, decides=frozenset({self.fact}), about=hours)

    def enter(self, walk: Walk) -> None:
        status = walk.read(self.fact)
        exit = status if status in self.exits else "closed"
        walk.take(exit, self.exits[exit])

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
