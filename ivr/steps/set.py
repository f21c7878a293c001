"""`set`: give values to names; `call.x` for the whole call."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import Ref, To, Value
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="set",
    shape="dashed",
    icon="=",
    outline="M2 5h12v2H2zM2 9.5h12v2H2z",
    called="steps.kind.set",
    also_called=("assign", "variable", "let"),
)
EXAMPLE = """\
take_it:
  set: {phone: {caller.phone}}
  next: return
"""


class SetFields(StepFields):
    """`set: {NAME: literal or {value}}`."""

    kind: ClassVar[Kind] = KIND

    set: Annotated[dict[str, Value], Reported("value", "steps.field.set", gone="steps.gone.set")] = Field(
        min_length=1, description="by name: a word, or a value in braces"
    )
    next: To

    def compile(self, place: Compiling) -> SetStep:
        return SetStep(place.step, self.set, self.next)


class SetStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("declared", "name", "next", "values")

    def __init__(self, name: str, values: dict[str, str | Ref], next: Target) -> None:
        self.name, self.values, self.next = name, values, next
        copied = frozenset(value.name for value in values.values() if isinstance(value, Ref))
        self.declared = Declared(
            reads=copied,
            decides=copied,
            sets={name: f"={value.name}" if isinstance(value, Ref) else f'"{value}' for name, value in values.items()},
            exits={"next": next},
        )

    def enter(self, walk: Walk) -> None:
        for name, value in self.values.items():
            given = walk.read(value.name) if isinstance(value, Ref) else value
            if given is not None:
                walk.save(name, given)
        walk.take("next", self.next)

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
