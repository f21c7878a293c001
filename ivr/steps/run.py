"""`run`: go through another flow and come back with what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import NameField, Ref, To, With
from ivr.steps.handed import known_values, names_read
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Walk
from ivr.steps.target import GOODBYE, Target

KIND = Kind(
    name="run",
    shape="double",
    icon="↳",
    outline="M1 1h14v14H1zM4 3v10h1.3V3zM10.7 3v10H12V3z",
    row_words={"next": "steps.row.done"},
    called="steps.kind.run",
    also_called=("flow", "subflow", "include", "goto", "gosub", "call_flow"),
)
EXAMPLE = """\
contact:
  run: contact
  outcomes: {none: open}
  next: open
"""


class RunFields(StepFields):
    """`run: FLOW`; `outcomes` are exactly those the flow returns, `next` its plain return, where it has one."""

    kind: ClassVar[Kind] = KIND

    run: Annotated[NameField, Reported("entry", "steps.field.run")]
    with_: Annotated[With, Reported("value", "steps.field.run-with", gone="steps.gone.run-with")] = Field(
        {}, alias="with"
    )
    outcomes: dict[str, To] = Field({}, description="by word: a target")
    next: To | None = None

    def targets_by_exit(self, language: str) -> Mapping[str, Target | None]:
        return {"next": self.next, **self.outcomes}

    def compile(self, place: Compiling) -> RunStep:
        return RunStep(place, self)


class RunStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("declared", "exits", "flow", "name", "values")

    def __init__(self, place: Compiling, fields: RunFields) -> None:
        self.name, self.flow, self.values = place.step, fields.run, fields.with_
        self.exits: dict[str, Target] = {**({"next": fields.next} if fields.next else {}), **fields.outcomes}
        gives = place.flow_gives(fields.run)
        handed = names_read(fields.with_)
        self.declared = Declared(
            reads=handed,
            decides=handed,
            sets=gives,
            exits=self.exits,
            known_on={"next": frozenset(gives)},
            runs=fields.run,
            about=fields.run,
            hands={n: f"={v.name}" if isinstance(v, Ref) else f'"{v}' for n, v in fields.with_.items()},
        )

    def enter(self, walk: Walk) -> None:
        walk.run(self.flow, known_values(walk, self.values))

    def returned(self, walk: Walk, word: str) -> None:
        """The flow came back, by `return` or by an outcome."""
        exit = word if word in self.exits else "next"
        walk.take(exit, self.exits.get(exit, GOODBYE))

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
