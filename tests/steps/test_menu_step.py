"""`menu`: a choice by key, name or word; what means nothing; silence."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.inputs import Digits, Input, NoInput, Resume, Speech
from ivr.call.verbs import Ask

MENU = """\
it:
  menu: {zh-CN: 哪种产品？, en-US: Which product?}
  save: product
  choices:
    1: {is: card, label: {zh-CN: 银行卡, en-US: a card}, words: {zh-CN: [信用卡], en-US: [credit card]}, next: cards}
    2: {is: loan, label: {zh-CN: 贷款, en-US: a loan}, words: {en-US: [borrow]}, next: loans}
  no_input: {tries: 2, next: silent}
  no_match: {tries: 2, next: wrong}
"""
ENDS = "cards loans silent wrong"
SCALE = """\
it:
  menu: {zh-CN: 请打分。, en-US: From one to three?}
  scale: 1-3
  save: stars
  next: rated
"""


@pytest.mark.parametrize(
    ("came", "exit", "at"),
    [
        (Digits("1"), "card", "cards"),
        (Digits("2"), "loan", "loans"),
        (Speech("my credit card, please"), "card", "cards"),
        (Speech("a loan"), "loan", "loans"),
        (Speech("two"), "loan", "loans"),
        (Speech("press 1"), "card", "cards"),
    ],
)
def test_a_key_a_label_a_word_or_a_spoken_key_chooses(came: Input, exit: str, at: str) -> None:
    call = StepCall(MENU, ENDS).take(came)

    assert (call.exits, call.at, call.values) == ([exit], at, {"product": exit})


@pytest.mark.parametrize("came", [Digits("7"), Digits("12"), Speech("something else"), Speech("a card", 0.0)])
def test_what_means_no_choice_is_asked_again_and_then_given_up(came: Input) -> None:
    call = StepCall(MENU, ENDS).take(came)
    assert (call.at, call.failed, call.exits) == ("it", ["no_match"], [])
    assert call.heard.startswith("Sorry, ")
    assert "Which product? For a card, press 1." in call.heard

    call.take(came)
    assert (call.at, call.exits, dict(call.values)) == ("wrong", ["no_match"], {})


def test_silence_is_counted_for_itself() -> None:
    call = StepCall(MENU, ENDS).take(Digits("7"), NoInput())
    assert (call.at, call.failed) == ("it", ["no_match", "no_input"])

    assert call.take(NoInput()).exits == ["no_input"]
    assert call.at == "silent"


def test_two_choices_in_one_utterance_are_told_apart_by_asking_for_those_two() -> None:
    call = StepCall(MENU, ENDS).take(Speech("a card or a loan"))

    assert (call.at, call.failed) == ("it", ["no_match"])
    assert call.heard.startswith("For a card, press 1. For a loan, press 2.")


def test_each_language_has_its_own_words() -> None:
    assert StepCall(MENU, ENDS, language="zh-CN").take(Speech("信用卡")).exits == ["card"]
    assert StepCall(MENU, ENDS, language="zh-CN").take(Speech("borrow")).exits == []


def test_a_way_back_from_a_hold_asks_again_and_counts_nothing() -> None:
    call = StepCall(MENU, ENDS).take(Resume())

    assert (call.at, call.failed) == ("it", [])
    assert call.heard.startswith("Which product?")


def test_the_choices_and_the_shortcuts_are_announced_and_one_key_is_waited_for() -> None:
    call = StepCall(MENU, ENDS)

    assert call.heard == "Which product? For a card, press 1. For a loan, press 2. For a person, press 0."
    assert isinstance(call.verb, Ask) and (call.verb.digits, call.verb.speech) == (1, True)


def test_a_scale_saves_the_number_and_announces_no_key() -> None:
    call = StepCall(SCALE, "rated")
    assert "press 1" not in call.heard

    call.take(Digits("3"))
    assert (call.exits, call.at, call.values) == (["3"], "rated", {"stars": "3"})
    assert StepCall(SCALE, "rated").take(Digits("4")).failed == ["no_match"]


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(MENU, ENDS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {
        "card": "cards", "loan": "loans", "no_input": "silent", "no_match": "wrong",
    }  # fmt: skip
    assert declared.sets == {"product": "card loan"}
    assert declared.known_on == {"card": {"product"}, "loan": {"product"}}
    for tried in StepCall(MENU, ENDS).tried():
        for came in tried.inputs:
            call = StepCall(MENU, ENDS).take(came)
            assert (call.exits or call.failed) == [tried.means], (tried, came)
