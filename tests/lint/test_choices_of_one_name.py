"""Choices of different languages may bear one name: a finding is at the choice it is about."""

from small import small_files

from ivr.flow.parse import parse
from ivr.lint.check import check

STEPS = """
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {is: loan, label: {zh-CN: 贷款, en-US: loans}, words: {en-US: [plastic]}, next: goodbye}
    2: {is: card, label: {zh-CN: 银行卡}, languages: [zh-CN], next: goodbye}
    3: {is: card, label: {en-US: cards}, words: {en-US: [plastic]}, languages: [en-US], next: goodbye}
"""


def test_same_words_is_at_the_choice_that_says_it() -> None:
    files = small_files(STEPS)
    found = [f for f in check(parse(files)) if f.code == "same-words"]
    line = next(n for n, text in enumerate(files["main.yaml"].decode().splitlines(), 1) if " 3: {is: card" in text)

    assert [f.line for f in found] == [line]


def test_each_choice_without_a_next_is_a_dead_end() -> None:
    files = small_files(
        "offers:\n  menu: {zh-CN: 请选择。, en-US: Please choose.}\n  choices:\n"
        "    1: {is: card, label: {zh-CN: 银行卡}, languages: [zh-CN]}\n"
        "    2: {is: card, label: {en-US: cards}, languages: [en-US]}\n"
        "    3: {is: loan, label: {zh-CN: 贷款, en-US: loans}, next: goodbye}\n"
    )
    assert len([f for f in check(parse(files)) if f.code == "dead-end"]) == 2


def test_yes_and_no_without_a_next_are_two_dead_ends() -> None:
    found = check(parse(small_files("more:\n  yes_no: {zh-CN: 好吗？, en-US: Is it?}\n")))
    assert [f.message.split()[2] for f in found if f.code == "dead-end"] == ['"yes"', '"no"']


def test_each_key_of_a_language_that_is_not_spoken_is_told() -> None:
    files = small_files(
        "ask:\n  language: {zh-CN: 请按1。, en-US: Press 2.}\n  choices:\n"
        "    1: {is: fr-FR}\n    2: {is: fr-FR}\n  next: goodbye\n"
    )
    assert len([f for f in check(parse(files)) if f.code == "unknown-language"]) == 2
