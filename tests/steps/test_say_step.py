"""`say`: words with their values, and on."""

from __future__ import annotations

from step_call import StepCall

from ivr.call.verbs import Speak

SAID = 'it: {say: {zh-CN: 您好。, en-US: "You call from {caller.phone:phone}."}, interrupt: no, next: on}\n'


def test_it_says_its_words_with_what_is_known_and_goes_on_in_the_same_turn() -> None:
    call = StepCall(SAID, "on", facts={"caller.phone": "+12025550123"})

    assert (call.exits, call.at, call.turn) == (["next"], "on", 1)
    assert call.heard.startswith("You call from") and "0 1 2 3" in call.heard


def test_what_must_be_heard_out_cannot_be_interrupted() -> None:
    said = [v for v in StepCall(SAID, "on").verbs if isinstance(v, Speak)]
    assert [v.interrupt for v in said] == [False, True]

    said = [v for v in StepCall(SAID.replace("interrupt: no, ", ""), "on").verbs if isinstance(v, Speak)]
    assert [v.interrupt for v in said] == [True, True]


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(SAID, "on").declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {"next": "on"}
    assert declared.reads == {"caller.phone"}
