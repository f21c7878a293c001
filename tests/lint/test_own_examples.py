"""How a hotline would hear its own examples, each unseen; and findings of topics that a page does not show."""

from __future__ import annotations

from small import small_files

from ivr.flow.parse import parse
from ivr.lint.findings import findings_of
from ivr.lint.own_examples import examples_by_menu, notes, own_examples

TOPICS = """\
topics:
  card_lost:
    zh-CN: [我的卡丢了, 我的卡不见了, 我的卡找不到了]
    en-US: [I lost my card, I cannot find my card, my card is lost]
  loan_rate:
    zh-CN: [贷款利率多少, 房贷利率多少, 利率多少]
    en-US: [what is the loan rate, what is the mortgage rate, please block everything]
"""
STEPS = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: theft}, topics: [card_lost], next: goodbye}
    2: {label: {zh-CN: 借钱, en-US: lending}, topics: [loan_*], next: which}
which:
  menu: {zh-CN: 哪个？, en-US: Which?}
  choices:
    1: {label: {zh-CN: 利率, en-US: rates}, topics: [loan_rate], next: goodbye}
    2: {label: {zh-CN: 别的, en-US: others}, next: goodbye}
"""


def test_each_example_is_heard_once_at_each_menu_that_lists_its_topic() -> None:
    parsed = parse(small_files(STEPS, topics=TOPICS))

    chinese, english = own_examples(parsed)
    assert (chinese.language, chinese.heard, chinese.percent) == ("zh-CN", 9, 100)
    assert (english.language, english.heard, english.lost) == ("en-US", 9, 2)
    assert [str(each.message) for each in english.lonely] == [
        'nothing else in "loan_rate" is like "please block everything".'
    ]
    by_menu = examples_by_menu(parsed)
    assert {menu: [share.heard for share in shares] for menu, shares in by_menu.items()} == {
        "main.menu": [6, 6], "main.which": [3, 3],
    }  # fmt: skip


def test_the_notes_say_it_in_sentences() -> None:
    said = [str(note) for note in notes(own_examples(parse(small_files(STEPS, topics=TOPICS))))]

    assert said[0].startswith("zh-CN: your own examples, each unseen: 100% at once or asked (9: ")
    assert said[-1].startswith("topics.yaml:7:63: note: ")


def test_without_topics_there_is_nothing_to_hear() -> None:
    assert own_examples(parse(small_files())) == []


def test_a_topics_file_that_cannot_be_read_hides_no_other_finding_and_makes_none() -> None:
    found = findings_of(small_files(STEPS, topics="topics: {card_lost: {zh-CN: 我的卡丢了}}\n"))

    assert {finding.code for finding in found if finding.severity == "error"} == {"bad-value"}


def test_bad_topics_are_told_at_their_place() -> None:
    bad = "topics:\n  Card: {zh-CN: [a]}\n  card_lost: {chinese: [a], en-US: ['', '?!', ok]}\n  x: [a]\n"
    found = {(each.line, each.code): each.message for each in findings_of(small_files(STEPS, topics=bad))}

    assert (2, "bad-value") in found
    assert (3, "bad-value") in found
    assert (4, "bad-value") in found


def test_a_language_the_hotline_does_not_speak_is_found() -> None:
    more = TOPICS.replace("    en-US: [I lost", "    fr-FR: [j'ai perdu ma carte]\n    en-US: [I lost")
    found = [each for each in findings_of(small_files(STEPS, topics=more)) if each.code == "unknown-language"]

    assert [(each.line, each.severity) for each in found] == [(4, "error")]
