"""`note`: values put on the case of another call, by its number."""

from __future__ import annotations

import pytest
from small import small_files
from step_call import StepCall

from ivr.call.events import CaseAdded
from ivr.call.inputs import Digits
from ivr.lint.findings import findings_of

NOTE = """\
it:
  note: {number}
  with: {rating: {rating}, by: telephone}
  next: receipt
"""
NUMBER = "first: {set: {number: '100000016', rating: '4'}, next: it}\n"


def added(call: StepCall) -> list[CaseAdded]:
    return [event for event in call.events if isinstance(event, CaseAdded)]


def test_what_is_known_goes_onto_the_case_of_the_number() -> None:
    call = StepCall(NUMBER + NOTE, "receipt")

    assert added(call) == [CaseAdded("100000016", {"rating": "4", "by": "telephone"})]
    assert (call.exits, call.at) == (["next"], "receipt")


def test_what_is_not_known_is_left_out() -> None:
    call = StepCall("first: {set: {number: '100000016'}, next: it}\n" + NOTE, "receipt")

    assert added(call) == [CaseAdded("100000016", {"by": "telephone"})]


def test_without_a_number_nothing_is_added_and_the_call_goes_on() -> None:
    call = StepCall("first: {set: {rating: '4'}, next: it}\n" + NOTE, "receipt")

    assert not added(call)
    assert call.at == "receipt"


def test_nobody_goes_back_over_a_note() -> None:
    ask = "ask: {menu: {zh-CN: 选。, en-US: Which?}, choices: {1: {label: {zh-CN: 一, en-US: one}, next: it}}}\n"
    call = StepCall(NUMBER.replace("next: it", "next: ask") + ask + NOTE, "receipt").take(Digits("1"))

    assert call.take(Digits("9")).at == "receipt"


def test_what_a_note_declares_is_what_it_does() -> None:
    declared = StepCall(NUMBER + NOTE, "receipt").declared

    assert (declared.reads, declared.unsaved, declared.adds_to) == ({"number"}, {"rating"}, "number")
    assert {exit: str(to) for exit, to in declared.exits.items()} == {"next": "receipt"}


@pytest.mark.parametrize("written", ["100000016", "case.number"])
def test_a_number_that_is_no_value_is_told_with_the_braces(written: str) -> None:
    found = findings_of(small_files(f"it: {{note: {written}, with: [x], next: goodbye}}"))

    assert [each.message for each in found if each.code == "bad-value"] == [
        '"note": write the value that holds the case\'s number, in braces, such as {case.number}.'
    ]


def test_a_note_of_nothing_is_told() -> None:
    found = findings_of(small_files("it: {note: {case.number}, with: [], next: goodbye}"))

    assert [each.message for each in found if each.code == "bad-value"] == ['"with": at least one is needed here.']


def test_what_a_customer_said_is_left_out_for_proof() -> None:
    assert CaseAdded("100000016", {"story": "RE1"}).without_words() == CaseAdded("", {})
