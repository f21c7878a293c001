"""`record`: a voice message, what its end key means beside ending it, and the question before it."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.inputs import Digits, NoInput, Recording, Speech
from ivr.call.verbs import Ask, RecordVerb

STORY = """\
it:
  record: {zh-CN: 请说明情况。, en-US: Tell us what happened.}
  save: story
  at_most: 3m
  no_input: {tries: 2, next: silent}
  no_match: {tries: 2, next: wrong}
  next: told
"""
ENDS = "told silent wrong"
NO_RECORDING = {"call.recording": "no"}


@pytest.mark.parametrize("message", [Recording("RE1", 9, "#"), Recording("RE1", 9), Recording("RE1", 180, "hangup")])
def test_a_message_is_kept_by_its_recording(message: Recording) -> None:
    call = StepCall(STORY, ENDS).take(message)

    assert (call.exits, call.at, call.values) == (["next"], "told", {"story": "RE1"})


def test_an_empty_message_is_silence() -> None:
    call = StepCall(STORY, ENDS).take(Recording("RE1", 0))
    assert (call.at, call.failed) == ("it", ["no_input"])
    assert call.heard.endswith("Tell us what happened.")

    assert call.take(NoInput()).exits == ["no_input"]
    assert (call.at, dict(call.values)) == ("silent", {})


def test_a_shortcut_key_that_ends_a_message_keeps_it_and_is_done() -> None:
    call = StepCall(STORY, ENDS, facts={"hours.agents": "open"}).take(Recording("RE1", 9, "0"))

    assert (call.exits, call.state.stack[-1].flow) == (["shortcut 0"], "agent")
    assert call.state.stack[0].values == {"story": "RE1"}


def test_star_begins_the_message_again() -> None:
    call = StepCall(STORY, ENDS).take(Recording("RE1", 9, "*"))
    assert (call.at, dict(call.values)) == ("it", {})

    assert call.take(Recording("RE2", 9, "#")).values == {"story": "RE2"}


def test_every_shortcut_key_and_pound_end_a_message_that_lasts_as_long_as_written() -> None:
    verb = StepCall(STORY, ENDS).verb

    assert isinstance(verb, RecordVerb)
    assert (set(verb.end_keys), verb.at_most) == (set("#09*"), 180)


@pytest.mark.parametrize("yes", [Digits("1"), Speech("yes")])
def test_who_wanted_no_recording_is_asked_for_this_message_alone(yes: Digits | Speech) -> None:
    call = StepCall(STORY, ENDS, call=NO_RECORDING)
    assert isinstance(call.verb, Ask) and call.heard.startswith("May we record just this one message?")

    assert isinstance(call.take(yes).verb, RecordVerb)
    assert call.take(Recording("RE1", 9)).values == {"story": "RE1"}


@pytest.mark.parametrize("no", [Digits("2"), Speech("no")])
def test_who_declines_is_not_recorded(no: Digits | Speech) -> None:
    call = StepCall(STORY, ENDS, call=NO_RECORDING).take(no)

    assert (call.exits, call.at, dict(call.values)) == (["declined"], "silent", {})


def test_neither_yes_nor_no_is_asked_again_and_then_given_up() -> None:
    call = StepCall(STORY, ENDS, call=NO_RECORDING).take(Digits("7"))
    assert call.failed == ["no_match"]

    assert call.take(Speech("perhaps")).exits == ["no_match"]
    assert call.at == "wrong"


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(STORY, ENDS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {
        "next": "told", "no_input": "silent", "no_match": "wrong", "declined": "silent",
    }  # fmt: skip
    assert (declared.sets, declared.known_on) == ({"story": "recording"}, {"next": {"story"}})
    assert "call.recording" in declared.reads
    for tried in StepCall(STORY, ENDS).tried("record"):
        for came in tried.inputs:
            kept = StepCall(STORY, ENDS).take(came).exits
            assert kept == (["next"] if tried.means == "a message" else []), (tried, came)
