"""`follow_up`: what the customer said to being phoned, on record."""

from __future__ import annotations

from typing import get_args

import pytest
from small import small_files
from step_call import StepCall

from ivr.call.events import FOLLOW_UP_RESULTS, FollowedUp, FollowUpResult
from ivr.call.inputs import Digits
from ivr.lint.findings import findings_of

RECORD = """\
it:
  follow_up: not_accepted
  with: [why]
  next: asked
"""
WHY = "first: {set: {why: fees}, next: it}\n"


def followed(call: StepCall) -> list[FollowedUp]:
    return [event for event in call.events if isinstance(event, FollowedUp)]


def test_the_result_is_on_record_and_the_call_goes_on() -> None:
    call = StepCall(WHY + RECORD, "asked")

    assert followed(call) == [FollowedUp("not_accepted", {"why": "fees"})]
    assert (call.exits, call.at) == (["next"], "asked")


def test_a_value_that_is_not_known_is_left_out_of_the_result() -> None:
    call = StepCall(RECORD.replace("it:", "first: {set: {other: x}, next: it}\nit:"), "asked")

    assert followed(call) == [FollowedUp("not_accepted", {})]


def test_nobody_takes_a_result_back_by_going_back() -> None:
    ask = "ask: {menu: {zh-CN: 选。, en-US: Which?}, choices: {1: {label: {zh-CN: 一, en-US: one}, next: it}}}\n"
    call = StepCall(ask + RECORD, "asked").take(Digits("1"))

    assert call.take(Digits("9")).at == "asked"


@pytest.mark.parametrize("result", get_args(FollowUpResult))
def test_each_result_can_be_written(result: FollowUpResult) -> None:
    call = StepCall(f"it: {{follow_up: {result}, next: after}}\n", "after")

    assert followed(call) == [FollowedUp(result, {})]
    assert call.declared.result == result and result in FOLLOW_UP_RESULTS


def test_another_result_is_told_with_the_nearest() -> None:
    found = findings_of(small_files("it: {follow_up: acepted, next: goodbye}"))

    wrong = next(each for each in found if each.code == "bad-value")
    assert '"acepted" is not one of "accepted"' in wrong.message
    assert wrong.hint == 'Did you mean "accepted"?'


def test_what_was_said_beside_a_result_is_left_out_for_proof() -> None:
    assert FollowedUp("later", {"story": "RE1"}).without_words() == FollowedUp("later", {})
