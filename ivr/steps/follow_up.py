"""`follow_up`: record what came of phoning the customer."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ivr.call.events import FollowUpResult
from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import Ref, To, With
from ivr.steps.handed import known_values, names_read
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="follow_up",
    shape="folded",
    icon="✓",
    outline="M1.5 8.5l1.8-1.8 3.2 3.2L13 3.4l1.8 1.8-8.3 8.3z",
    back="barrier",
    called="steps.kind.follow-up",
    also_called=("followup", "result", "record_result", "回访"),
)
EXAMPLE = """\
refused:
  follow_up: not_accepted
  next: why
"""


class FollowUpFields(StepFields):
    """`follow_up: RESULT` puts on record what the customer said to being phoned, with the values under `with`."""

    kind: ClassVar[Kind] = KIND

    follow_up: Annotated[FollowUpResult, Reported("case", "steps.field.follow-up")]
    with_: Annotated[With, Reported("case", "steps.field.follow-up-with", gone="steps.gone.follow-up-with")] = Field(
        {}, alias="with"
    )
    next: To

    def compile(self, place: Compiling) -> FollowUpStep:
        return FollowUpStep(place.step, self)


class FollowUpStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("declared", "fields", "name", "next", "result")

    def __init__(self, name: str, fields: FollowUpFields) -> None:
        self.name, self.result = name, fields.follow_up
        self.fields: dict[str, str | Ref] = dict(fields.with_)
        self.next: Target = fields.next
        self.declared = Declared(
            unsaved=names_read(self.fields),
            decides=names_read(self.fields),
            exits={"next": fields.next},
            about=fields.follow_up,
            result=fields.follow_up,
        )

    def enter(self, walk: Walk) -> None:
        walk.follow_up(self.result, known_values(walk, self.fields))
        walk.take("next", self.next)

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
