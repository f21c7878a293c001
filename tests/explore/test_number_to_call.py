"""Nobody is promised a call whose number is not known: what promises one, when a number is known, and what does not."""

from __future__ import annotations

import pytest
from tiny import broken, moves, proof_of

ASK = """\
ask:
  collect: {zh-CN: 电话？, en-US: Your number?}
  type: phone
  save: phone
  no_input: {tries: 2, next: book}
  no_match: {tries: 2, next: book}
  next: book
"""
BOOK = "book: {case: callback, with: [phone], next: told}\n"
KNOWN = "known: {branch: [{when: {caller.phone: {known: yes}}, next: book}, {next: ask}]}\n"
BY_NUMBER = 'told: {say: {zh-CN: "编号{case.number:digits}。", en-US: "Number {case.number:digits}."}, next: goodbye}\n'
BY_DUE = 'told: {say: {zh-CN: "{case.due:time}前回电。", en-US: "We call by {case.due:time}."}, next: goodbye}\n'
PLAIN = "told: {say: {zh-CN: 已登记。, en-US: It is on record.}, next: goodbye}\n"
SAYS_SO = "told: {say: {zh-CN: 会回电。, en-US: We will call.}, promises: call, next: goodbye}\n"
LAST_WORDS = "told: {hangup: {zh-CN: 会回电。, en-US: We will call.}, promises: call}\n"
ASKED = "told: {yes_no: {zh-CN: 会回电，好吗？, en-US: We will call. Right?}, promises: call, next: goodbye}\n"
WITHOUT = "none: {say: {zh-CN: 无法回电。, en-US: We cannot call.}, next: goodbye}\n"
NAME = "a number to call"


@pytest.mark.parametrize("told", [BY_NUMBER, BY_DUE, SAYS_SO, LAST_WORDS, ASKED])
def test_a_promise_to_a_caller_who_left_no_number_is_broken(told: str) -> None:
    (result,) = broken(proof_of(ASK + BOOK + told))

    assert (result.name, set(moves(result)) <= {"silence", "no_match"}) == (NAME, True)
    assert "callback" in result.why


@pytest.mark.parametrize("told", [BY_NUMBER, BY_DUE, SAYS_SO, LAST_WORDS, ASKED])
def test_it_holds_where_who_left_none_is_led_elsewhere(told: str) -> None:
    asked = ASK.replace("next: book}", "next: none}")

    assert broken(proof_of(KNOWN + asked + BOOK + told + WITHOUT)) == []


def test_words_that_promise_nothing_need_no_number() -> None:
    assert broken(proof_of(ASK + BOOK + PLAIN)) == []


def test_a_caller_whose_number_is_never_asked_for_may_withhold_it() -> None:
    (result,) = broken(proof_of("book: {case: callback, next: told}\n" + BY_NUMBER))

    assert (result.name, moves(result)) == (NAME, [])


def test_the_number_of_another_case_is_not_the_one_that_is_promised() -> None:
    other = ASK + "book: {case: complaint, with: [phone], next: more}\nmore: {case: callback, next: told}\n"

    assert [result.name for result in broken(proof_of(other + BY_NUMBER))] == [NAME]


def test_the_number_of_a_complaint_promises_no_call() -> None:
    assert broken(proof_of("book: {case: complaint, next: told}\n" + BY_NUMBER)) == []


def test_an_inquiry_that_says_so_promises_one() -> None:
    steps = "book: {case: inquiry, next: told}\n" + SAYS_SO

    assert [result.name for result in broken(proof_of(steps))] == [NAME]


def test_a_number_noted_by_an_intake_is_known() -> None:
    told = BY_NUMBER.replace("goodbye", "keep")
    intake = f"""\
flow: more
title: {{zh-CN: 更多, en-US: More}}
intake: callback
steps:
  ask:
    collect: {{zh-CN: 电话？, en-US: Your number?}}
    type: phone
    save: phone
    no_input: goodbye
    no_match: goodbye
    next: told
  {told}  keep: {{case: callback, next: goodbye}}
"""

    assert broken(proof_of("go: {run: more, next: goodbye}\n", more=intake)) == []


def test_it_may_be_waived_with_a_reason() -> None:
    waived = ("default: main", 'default: main\nwaive: {a number to call: "the house phones every caller back"}')
    proof = proof_of(ASK + BOOK + BY_NUMBER, hotline=waived)

    assert broken(proof) == []
    assert [waiver.promise for waiver in proof.waived] == [NAME]
