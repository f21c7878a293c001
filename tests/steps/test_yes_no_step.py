"""`yes_no`: 1 and 2, and each language's own words."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.inputs import Digits, Input, NoInput, Speech
from ivr.call.verbs import Ask

SOLVED = """\
it:
  yes_no: {zh-CN: 解决了吗？, en-US: Was it solved?}
  save: solved
  yes: good
  no: bad
  no_input: {tries: 2, next: silent}
  no_match: {tries: 2, next: wrong}
"""
ENDS = "good bad silent wrong"


@pytest.mark.parametrize(
    ("came", "language", "exit", "at"),
    [
        (Digits("1"), "en-US", "yes", "good"),
        (Digits("2"), "en-US", "no", "bad"),
        (Speech("Yes!"), "en-US", "yes", "good"),
        (Speech("that is wrong"), "en-US", "no", "bad"),
        (Speech("对"), "zh-CN", "yes", "good"),
        (Speech("没有"), "zh-CN", "no", "bad"),
        (Speech("two"), "en-US", "no", "bad"),
        (Speech("No, that isn't right."), "en-US", "no", "bad"),
        (Speech("That's not quite right."), "en-US", "no", "bad"),
        (Speech("No problem at all."), "en-US", "yes", "good"),
        (Speech("没说对"), "zh-CN", "no", "bad"),
        (Speech("不太可以"), "zh-CN", "no", "bad"),
        (Speech("没问题"), "zh-CN", "yes", "good"),
    ],
)
def test_yes_and_no_lead_each_its_way_and_are_saved(came: Input, language: str, exit: str, at: str) -> None:
    call = StepCall(SOLVED, ENDS, language=language).take(came)

    assert (call.exits, call.at, call.values) == ([exit], at, {"solved": exit})


@pytest.mark.parametrize(
    "came",
    [
        Digits("3"),
        Digits("11"),
        Speech("perhaps"),
        Speech("yes", 0.0),
        Speech("I'm not so sure."),
        Speech("yes no wait"),
    ],
)
def test_neither_is_asked_again_and_then_given_up(came: Input) -> None:
    call = StepCall(SOLVED, ENDS).take(came)
    assert (call.at, call.failed) == ("it", ["no_match"])
    assert "Was it solved?" in call.heard and "For yes, press 1." in call.heard

    assert call.take(came).exits == ["no_match"]
    assert (call.at, dict(call.values)) == ("wrong", {})


WORDS = "  words: {yes: {en-US: [lock it], zh-CN: [锁]}, no: [keep it open]}\n"


@pytest.mark.parametrize(
    ("came", "language", "exits"),
    [
        ("just lock it", "en-US", ["yes"]),
        ("don't lock it", "en-US", ["no"]),
        ("锁吧", "zh-CN", ["yes"]),
        ("别锁", "zh-CN", ["no"]),
        ("keep it open", "en-US", ["no"]),
        ("keep it open", "zh-CN", ["no"]),
        ("锁", "en-US", []),
        ("yes please", "en-US", ["yes"]),
        ("lock it or keep it open", "en-US", []),
    ],
)
def test_words_of_its_own_are_an_answer_here(came: str, language: str, exits: list[str]) -> None:
    assert StepCall(SOLVED + WORDS, ENDS, language=language).take(Speech(came)).exits == exits


def test_words_of_its_own_are_an_answer_at_no_other_question() -> None:
    assert StepCall(SOLVED, ENDS).take(Speech("just lock it")).exits == []


def test_words_of_its_own_are_hints_for_the_recogniser_beside_the_languages() -> None:
    call = StepCall(SOLVED + WORDS, ENDS)
    asked = call.verb

    assert isinstance(asked, Ask)
    assert {"lock it", "keep it open", "yes", "no"} <= set(call.release.hints[asked.hints]["en-US"])
    assert "lock it" not in call.release.hints.get("hotline.yes_no", {}).get("en-US", ())


def test_silence_is_given_up_too() -> None:
    call = StepCall(SOLVED, ENDS).take(NoInput(), NoInput())

    assert (call.exits, call.at) == (["no_input"], "silent")


def test_both_answers_may_go_one_way() -> None:
    one_way = "it: {yes_no: {zh-CN: 好吗？, en-US: All right?}, save: well, next: on}\n"

    for key, saved in (("1", "yes"), ("2", "no")):
        call = StepCall(one_way, "on").take(Digits(key))
        assert (call.at, call.values) == ("on", {"well": saved})


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(SOLVED, ENDS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {
        "yes": "good", "no": "bad", "no_input": "silent", "no_match": "wrong",
    }  # fmt: skip
    assert declared.sets == {"solved": "yes_no"}
    for tried in StepCall(SOLVED, ENDS).tried():
        for came in tried.inputs:
            call = StepCall(SOLVED, ENDS).take(came)
            assert (call.exits or call.failed) == [tried.means], (tried, came)
