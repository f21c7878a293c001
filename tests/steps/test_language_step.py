"""`language`: each language asks in its own voice, and the call goes on in the one that is chosen."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.events import LanguageChosen
from ivr.call.inputs import Digits, Input, NoInput, Speech
from ivr.call.verbs import Speak

TONGUE = """\
it:
  language: {zh-CN: 普通话请按1。, en-US: "For English, press 2."}
  choices:
    1: {is: zh-CN, words: [普通话, 中文]}
    2: {is: en-US, words: [English, 英文]}
  no_input: {tries: 2, next: silent}
  no_match: {tries: 2, next: wrong}
  next: chosen
"""
ENDS = "chosen silent wrong"


@pytest.mark.parametrize(
    ("came", "language"),
    [(Digits("1"), "zh-CN"), (Digits("2"), "en-US"), (Speech("English"), "en-US"), (Speech("说中文"), "zh-CN")],
)
def test_the_call_goes_on_in_the_language_that_is_chosen(came: Input, language: str) -> None:
    call = StepCall(TONGUE, ENDS, language="zh-CN").take(came)

    assert (call.exits, call.at, call.state.language) == ([language], "chosen", language)
    assert LanguageChosen(language) in call.events
    assert {v.language for v in call.verbs if isinstance(v, Speak)} == {language}


def test_every_language_asks_in_its_own_voice() -> None:
    said = [v.language for v in StepCall(TONGUE, ENDS, language="zh-CN").verbs if isinstance(v, Speak)]

    assert said == ["zh-CN", "en-US"]


@pytest.mark.parametrize("came", [Digits("3"), Speech("français"), Speech("English", 0.0)])
def test_what_is_no_language_is_asked_again_and_then_given_up_in_the_first(came: Input) -> None:
    call = StepCall(TONGUE, ENDS, language="zh-CN").take(came)
    assert (call.at, call.failed) == ("it", ["no_match"])

    assert call.take(came).exits == ["no_match"]
    assert (call.at, call.state.language) == ("wrong", "zh-CN")


def test_who_says_nothing_stays_in_the_first_language() -> None:
    call = StepCall(TONGUE, ENDS, language="zh-CN").take(NoInput(), NoInput())

    assert (call.exits, call.at, call.state.language) == (["no_input"], "silent", "zh-CN")


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(TONGUE, ENDS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {
        "zh-CN": "chosen", "en-US": "chosen", "no_input": "silent", "no_match": "wrong",
    }  # fmt: skip
    assert declared.sets == {"call.language": "language"}
    for tried in StepCall(TONGUE, ENDS).tried():
        for came in tried.inputs:
            call = StepCall(TONGUE, ENDS).take(came)
            assert (call.exits or call.failed) == [tried.means], (tried, came)
