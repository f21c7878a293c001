"""`case`: complete the case of a kind with what the caller said."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ivr.call.case_kinds import CaseKind
from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import Ref, To, With
from ivr.steps.handed import known_values
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import CaseDone, Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="case",
    shape="folded",
    icon="✎",
    outline="M2 0h8l4 4v12H2zM4.5 7h7v1.3h-7zM4.5 10h7v1.3h-7z",
    back="barrier",
    called="steps.kind.case",
)
EXAMPLE = """\
open:
  case: complaint
  with: [product, story, phone]
  next: receipt
"""


class CaseFields(StepFields):
    """`case: KIND` with fields; `outcome: answered` closes an inquiry on first contact, `unanswered` opens it again."""

    kind: ClassVar[Kind] = KIND

    case: Annotated[CaseKind, Reported("case", "steps.field.case")]
    with_: Annotated[With, Reported("case", "steps.field.case-with", gone="steps.gone.case-with")] = Field(
        {}, alias="with"
    )
    next: To

    def compile(self, place: Compiling) -> CaseStep:
        return CaseStep(place.step, self)


class CaseStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("case", "declared", "fields", "name", "next", "outcome")

    def __init__(self, name: str, fields: CaseFields) -> None:
        self.name, self.case = name, fields.case
        given = dict(fields.with_)
        outcome = given.pop("outcome", "")
        self.outcome = outcome if isinstance(outcome, str) else ""
        self.fields: dict[str, str | Ref] = given
        self.next: Target = fields.next
        on_case = {name: value.name if isinstance(value, Ref) else "" for name, value in given.items()}
        self.declared = Declared(
            unsaved=frozenset(filter(None, on_case.values())),
            decides=frozenset(filter(None, on_case.values())),
            exits={"next": fields.next},
            about=fields.case,
            case=CaseDone(fields.case, on_case, self.outcome),
            puts={n: f"={v.name}" if isinstance(v, Ref) else f'"{v}' for n, v in fields.with_.items()},
        )

    def enter(self, walk: Walk) -> None:
        walk.case(self.case, known_values(walk, self.fields), self.outcome)
        walk.take("next", self.next)

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
