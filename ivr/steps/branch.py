"""`branch`: go one way or another by what is known; the last arm has no condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from ivr.call.condition import Condition, Test
from ivr.call.inputs import Input
from ivr.messages.message import Message
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import Fields, To
from ivr.steps.kind import ExitWords, Kind
from ivr.steps.reported import ComparedByName
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="branch",
    shape="cut",
    icon="◇",
    outline="M8 0 16 8 8 16 0 8z",
    own_exits=True,
    called="steps.kind.branch",
    exit_words={
        "arm": ExitWords("steps.leaving.arm", "steps.callers.arm"),
        "else": ExitWords("steps.leaving.else", "steps.callers.else"),
    },
    also_called=("if", "switch", "condition", "when", "else", "decide", "判断"),
)
EXAMPLE = """\
known:
  branch:
    - {when: {caller.phone: {known: yes}}, next: same}
    - {next: ask}
"""


class ArmFields(Fields):
    """One arm: all its conditions must hold."""

    when: dict[str, Condition] = {}
    next: To


class BranchFields(StepFields):
    """`branch: ARMS`, tried in order."""

    kind: ClassVar[Kind] = KIND

    branch: Annotated[list[ArmFields], ComparedByName] = Field(
        min_length=1, description="a list of `when` and `next`; the last without `when`"
    )

    @field_validator("branch")
    @classmethod
    def _last(cls, arms: list[ArmFields]) -> list[ArmFields]:
        if arms[-1].when:
            raise ValueError(Message("flow.branch.last-when"))
        if any(not arm.when for arm in arms[:-1]):
            raise ValueError(Message("flow.branch.early-else"))
        return arms

    def targets_by_exit(self, language: str) -> Mapping[str, Target | None]:
        return {}

    def arms(self) -> Sequence[tuple[str, Mapping[str, Test], Target]]:
        last = len(self.branch)
        return [("else" if n == last else f"arm {n}", arm.when, arm.next) for n, arm in enumerate(self.branch, 1)]

    def compile(self, place: Compiling) -> BranchStep:
        return BranchStep(place.step, [(tuple(when.items()), exit, to) for exit, when, to in self.arms()])


class BranchStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("arms", "declared", "name")

    def __init__(self, name: str, arms: Sequence[tuple[Sequence[tuple[str, Test]], str, Target]]) -> None:
        self.name, self.arms = name, arms
        names = {name: None for tests, _, _ in arms for name, _ in tests}
        self.declared = Declared(
            reads=frozenset(names),
            exits={exit: to for _, exit, to in self.arms},
            tests={name: [test for tests, _, _ in arms for at, test in tests if at == name] for name in names},
            arms={exit: tests for tests, exit, _ in self.arms},
            decides=frozenset(names),
        )

    def enter(self, walk: Walk) -> None:
        for tests, exit, to in self.arms:
            if all(test(walk.read(name)) for name, test in tests):
                walk.take(exit, to)
                return

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
