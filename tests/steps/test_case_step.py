"""`case`: the case of a kind completed with what is known."""

from __future__ import annotations

from step_call import StepCall

from ivr.call.events import CaseCompleted
from ivr.call.inputs import Digits

OPEN = """\
it:
  case: complaint
  with: {product: card, phone: {caller.phone}, outcome: answered}
  next: receipt
"""


def completed(call: StepCall) -> list[CaseCompleted]:
    return [event for event in call.events if isinstance(event, CaseCompleted)]


def test_the_case_is_completed_with_what_is_known_and_the_call_goes_on() -> None:
    call = StepCall(OPEN, "receipt", facts={"caller.phone": "+12025550123"})

    fields = {"product": "card", "phone": "+12025550123"}
    assert completed(call) == [CaseCompleted("complaint", fields, "answered")]
    assert (call.exits, call.at, call.state.case) == (["next"], "receipt", "complaint")


def test_what_is_not_known_is_left_out() -> None:
    assert completed(StepCall(OPEN, "receipt"))[0].fields == {"product": "card"}


def test_nobody_goes_back_over_a_case() -> None:
    steps = "first: {menu: {zh-CN: 选。, en-US: Which?}, choices: {1: {label: {zh-CN: 一, en-US: one}, next: it}}}\n"
    call = StepCall(steps + OPEN, "receipt").take(Digits("1"))
    assert call.at == "receipt"

    assert call.take(Digits("9")).at == "receipt"


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(OPEN, "receipt").declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {"next": "receipt"}
    assert declared.unsaved == {"caller.phone"}
