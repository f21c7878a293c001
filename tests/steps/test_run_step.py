"""`run`: another flow entered with what it takes, and left with what it gives."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.inputs import Digits

RUN = """\
it:
  run: errand
  with: {product: card, caller_number: {caller.phone}}
  outcomes: {none: nothing}
  next: back_here
"""
ERRAND = """\
flow: errand
title: {zh-CN: 办理, en-US: An errand}
takes: {product: text, caller_number: phone}
gives: {phone: phone}
steps:
  ask:
    yes_no: {zh-CN: "{product}吗？", en-US: "Is it about your {product}?"}
    yes: keep
    no: return none
  keep: {set: {phone: "+12025550199", own: stays}, next: return}
"""


def running() -> StepCall:
    return StepCall(RUN, "nothing back_here", errand=ERRAND)


def test_the_flow_is_entered_with_what_it_is_given_and_nothing_that_is_not_known() -> None:
    call = running()

    assert [(frame.flow, frame.step) for frame in call.state.stack] == [("main", "it"), ("errand", "ask")]
    assert call.values == {"product": "card"}
    assert call.heard.startswith("Is it about your card?")


@pytest.mark.parametrize(
    ("key", "exit", "at", "values"),
    [("1", "next", "back_here", {"phone": "+12025550199"}), ("2", "none", "nothing", {})],
)
def test_it_comes_back_by_its_outcome_with_what_the_flow_gives(
    key: str, exit: str, at: str, values: dict[str, str]
) -> None:
    call = running().take(Digits(key))

    assert (call.exits, call.at, call.values) == ([exit], at, values)


def test_what_is_declared_is_what_is_done() -> None:
    declared = running().declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {"next": "back_here", "none": "nothing"}
    assert (declared.runs, declared.sets) == ("errand", {"phone": "phone"})
    assert declared.reads == {"caller.phone"}
    assert declared.hands == {"product": '"card', "caller_number": "=caller.phone"}
