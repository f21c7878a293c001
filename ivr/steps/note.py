"""`note`: put something on a case that another call has opened."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from ivr.call.inputs import Input
from ivr.messages.message import Message
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import Ref, To, Value, With
from ivr.steps.handed import known_values, names_read
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="note",
    shape="folded",
    icon="✚",
    outline="M2 0h8l4 4v12H2zM7.3 6.5v2h-2v1.4h2v2h1.4v-2h2V8.5h-2v-2z",
    back="barrier",
    called="steps.kind.note",
    also_called=("add_to_case", "append", "comment", "备注"),
)
EXAMPLE = """\
keep_why:
  note: {case.number}
  with: [story]
  next: reopened
"""


def _value(given: Any) -> Any:
    if isinstance(given, Ref):
        return given
    raise ValueError(Message("flow.field.note-number"))


class NoteFields(StepFields):
    """`note: {VALUE}` adds the values under `with` to the case of this number."""

    kind: ClassVar[Kind] = KIND

    note: Annotated[
        Value,
        AfterValidator(_value),
        Reported("case", "steps.field.note"),
        Field(description="a value in braces: a case's number"),
    ]
    with_: Annotated[With, Reported("case", "steps.field.note-with", gone="steps.gone.note-with")] = Field(
        alias="with", min_length=1
    )
    next: To

    def compile(self, place: Compiling) -> NoteStep:
        return NoteStep(place.step, self)


class NoteStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("declared", "fields", "name", "next", "number")

    def __init__(self, name: str, fields: NoteFields) -> None:
        self.name, self.number = name, str(fields.note.name)
        self.fields: dict[str, str | Ref] = dict(fields.with_)
        self.next: Target = fields.next
        self.declared = Declared(
            reads=frozenset({self.number}),
            unsaved=names_read(self.fields),
            decides=names_read(self.fields) | {self.number},
            exits={"next": fields.next},
            about=self.number,
            adds_to=self.number,
        )

    def enter(self, walk: Walk) -> None:
        number = walk.read(self.number)
        if number is not None:
            walk.add(number, known_values(walk, self.fields))
        walk.take("next", self.next)

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
