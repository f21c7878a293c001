"""`branch`: the first arm whose conditions all hold; else the last."""

from __future__ import annotations

import pytest
from step_call import StepCall

WAYS = """\
it:
  branch:
    - {when: {caller.visits: {at_least: 3}, caller.phone: {known: yes}}, next: often}
    - {when: {caller.phone: {starts_with: "+86"}}, next: near}
    - {next: other}
"""
ENDS = "often near other"


@pytest.mark.parametrize(
    ("facts", "exit", "at"),
    [
        ({"caller.visits": "3", "caller.phone": "+12025550123"}, "arm 1", "often"),
        ({"caller.visits": "7", "caller.phone": "+8613800138000"}, "arm 1", "often"),
        ({"caller.visits": "2", "caller.phone": "+8613800138000"}, "arm 2", "near"),
        ({"caller.phone": "+8613800138000"}, "arm 2", "near"),
        ({"caller.visits": "3"}, "else", "other"),
        ({"caller.visits": "many", "caller.phone": "+12025550123"}, "else", "other"),
        ({}, "else", "other"),
    ],
)
def test_the_first_arm_that_holds_is_taken_in_the_same_turn(facts: dict[str, str], exit: str, at: str) -> None:
    call = StepCall(WAYS, ENDS, facts=facts)

    assert (call.exits, call.at, call.turn) == ([exit], at, 1)


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(WAYS, ENDS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {
        "arm 1": "often",
        "arm 2": "near",
        "else": "other",
    }
    assert declared.reads == {"caller.visits", "caller.phone"} == declared.tests.keys()
    assert declared.inputs == ()
