"""Who spoke and was not understood does not hear the words for a wrong key."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.inputs import Digits, Input, NoInput, Speech
from ivr.flow.words import words

WRONG_KEY = "Sorry, that is not one of the choices."
UNCLEAR = "Sorry, we did not catch that. Please say it again."
QUESTIONS = {
    "menu": """\
it:
  menu: {zh-CN: 哪一项？, en-US: Which?}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: a loan}, next: goodbye}
""",
    "scale": "it: {menu: {zh-CN: 请打分。, en-US: From 1 to 3?}, scale: 1-3, save: stars, next: goodbye}\n",
    "yes_no": "it: {yes_no: {zh-CN: 对吗？, en-US: Right?}, next: goodbye}\n",
    "collect": "it: {collect: {zh-CN: 密码？, en-US: Which code?}, type: digits, length: 6, next: goodbye}\n",
    "language": """\
it:
  language: {zh-CN: 普通话请按1。, en-US: "For English, press 2."}
  choices:
    1: {is: zh-CN, words: [普通话]}
    2: {is: en-US, words: [English]}
  next: goodbye
""",
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("came", [Speech("bananas"), Speech("bananas", 0.2), Speech("?", 0.9)])
def test_speech_that_is_not_understood_is_told_to_be_unclear(question: str, came: Input) -> None:
    call = StepCall(QUESTIONS[question]).take(came)

    assert call.heard.startswith(UNCLEAR)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_wrong_key_is_told_to_be_no_choice(question: str) -> None:
    assert StepCall(QUESTIONS[question]).take(Digits("7")).heard.startswith(WRONG_KEY)


def test_a_word_of_a_choice_that_was_hardly_heard_is_unclear_too() -> None:
    call = StepCall(QUESTIONS["menu"]).take(Speech("a complaint", 0.2))

    assert call.heard.startswith(UNCLEAR)


def test_an_unclear_answer_to_a_confirmation_is_not_a_wrong_key() -> None:
    text = QUESTIONS["collect"].replace("length: 6", "length: 6, confirm: yes")

    assert StepCall(text).take(Digits("123456"), Speech("perhaps")).heard.startswith(UNCLEAR)


def test_the_second_words_are_those_of_the_second_failure_whatever_the_first_one_was() -> None:
    text = QUESTIONS["menu"] + (
        "  no_match:\n"
        "    say: [{zh-CN: 错一。, en-US: Wrong one.}, {zh-CN: 错二。, en-US: Wrong two.}]\n"
        "    unclear: [{zh-CN: 不清一。, en-US: Unclear one.}, {zh-CN: 不清二。, en-US: Unclear two.}]\n"
    )

    assert StepCall(text).take(Digits("7"), Speech("hm")).heard.startswith("Unclear two.")
    assert StepCall(text).take(Speech("hm"), Digits("7")).heard.startswith("Wrong two.")
    assert StepCall(text).take(Speech("hm"), NoInput()).heard.startswith("Sorry, we did not hear anything.")


def test_a_question_with_words_of_its_own_for_a_key_keeps_the_hotlines_for_speech() -> None:
    own = "no_match: {say: [{zh-CN: 输入有误。, en-US: That is no code.}]}"
    call = StepCall(QUESTIONS["collect"].replace("next: goodbye}", f"next: goodbye, {own}}}"))

    assert call.take(Digits("7")).heard.startswith("That is no code.")
    assert call.take(Speech("hm")).heard.startswith(UNCLEAR)


def test_where_no_words_are_given_for_speech_those_for_a_key_are_said() -> None:
    text = QUESTIONS["menu"] + "  no_match: {unclear: []}\n"

    assert StepCall(text).take(Speech("hm")).heard.startswith(WRONG_KEY)


def test_an_answer_that_is_none_is_no_failure_and_nothing_is_said_about_it() -> None:
    text = (
        QUESTIONS["menu"] + "  no_match: on\non: {collect: {zh-CN: 好。, en-US: Go on.}, type: text, next: goodbye}\n"
    )

    assert StepCall(text).take(Speech("hm")).heard == "Go on."


def test_it_is_said_in_the_callers_language() -> None:
    call = StepCall(QUESTIONS["menu"], language="zh-CN").take(Speech("香蕉"))
    prompt = call.verbs[0].prompt  # type: ignore[union-attr]

    assert words(call.release, prompt, "zh-CN", {}) == "抱歉，没有听清，请再说一遍。"
