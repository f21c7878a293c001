"""`branch`: go one way or another by what is known; the last arm has no condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field, field_validator

from ivr.call.condition import Condition, Test
from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import Fields, To
from ivr.steps.kind import Kind
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(name="branch", shape="cut", icon="◇", own_exits=True)
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

    branch: list[ArmFields] = Field(min_length=1, description="a list of `when` and `next`; the last without `when`")

    @field_validator("branch")
    @classmethod
    def _last(cls, arms: list[ArmFields]) -> list[ArmFields]:
        if arms[-1].when:
            raise ValueError("the last arm needs no when, so that there is always a way on")
        if any(not arm.when for arm in arms[:-1]):
            raise ValueError("an arm without when ends the list: what follows it is never reached")
        return arms

    def compile(self, place: Compiling) -> BranchStep:
        arms = [(tuple(arm.when.items()), arm.next) for arm in self.branch]
        return BranchStep(place.step, arms)


class BranchStep:
    kind: ClassVar[Kind] = KIND
    __slots__ = ("arms", "declared", "name")

    def __init__(self, name: str, arms: Sequence[tuple[Sequence[tuple[str, Test]], Target]]) -> None:
        self.name = name
        self.arms = [(tests, "else" if n == len(arms) else f"arm {n}", to) for n, (tests, to) in enumerate(arms, 1)]
        names = {name: None for tests, _ in arms for name, _ in tests}
        self.declared = Declared(
            reads=frozenset(names),
            exits={exit: to for _, exit, to in self.arms},
            tests={name: [test for tests, _ in arms for at, test in tests if at == name] for name in names},
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
