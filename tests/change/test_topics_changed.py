"""Topics in a difference, and what callers said that a draft hears otherwise."""

from __future__ import annotations

import pytest
from small import small_files

from ivr.call.events import ExitTaken, Failed
from ivr.call.inputs import Digits, Speech
from ivr.change.diff.compare import difference
from ivr.change.impact.effects import CallImpact, ImpactTotals
from ivr.change.impact.heard_otherwise import HeardOtherwise, heard_otherwise
from ivr.change.impact.report import Report, data, text
from ivr.flow.parse import Parsed, parse
from ivr.speech.shown import masked, shortened

STEPS = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_*], next: goodbye}
"""
NOT_UNDERSTOOD = Failed("main", "menu", "no_match", 1)


def hotline(*examples: str, more: str = "", keys: str = "") -> Parsed:
    topics = f"topics:\n  card_lost: {{zh-CN: [{', '.join(examples)}], en-US: [I lost my card]}}\n{more}"
    return parse(small_files(STEPS, topics=topics, keys=keys))


def told(before: Parsed, after: Parsed) -> list[str]:
    return [str(change.sentence) for change in difference(before, after).changes]


def test_examples_and_topics_that_are_new_or_gone_are_told_by_name() -> None:
    fee = "  card_fee: {zh-CN: [年费多少], en-US: [what is the fee]}\n"

    assert told(hotline("卡丢了"), hotline("卡丢了", "卡不见了")) == [
        'topic "card_lost": 1 new example in zh-CN, such as "卡不见了"'
    ]
    assert told(hotline("卡丢了", "卡不见了"), hotline("卡丢了")) == [
        'topic "card_lost": 1 example fewer in zh-CN, such as "卡不见了"'
    ]
    assert told(hotline("卡丢了"), hotline("卡丢了", more=fee)) == ['topic "card_fee" is new, with 2 examples']
    assert told(hotline("卡丢了", more=fee), hotline("卡丢了")) == ['topic "card_fee" is gone']
    assert told(hotline("卡丢了"), hotline("卡丢了")) == []


def test_how_sure_is_sure_is_told_as_well() -> None:
    assert len(told(hotline("卡丢了"), hotline("卡丢了", keys="speech: {sure: 30%}\n"))) == 1


CARD, FEE = ExitTaken("main", "menu", "cards", "card"), ExitTaken("cards", "which", "fee", "card_fee")


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ([NOT_UNDERSTOOD], [ExitTaken("main", "menu", "lost")], "newly"),
        ([ExitTaken("main", "menu", "lost")], [NOT_UNDERSTOOD], "no longer"),
        ([ExitTaken("main", "menu", "lost")], [ExitTaken("main", "menu", "other")], "elsewhere"),
        ([ExitTaken("main", "menu", "lost")], [ExitTaken("main", "menu", "lost", "card_lost")], None),
        ([NOT_UNDERSTOOD], [NOT_UNDERSTOOD], None),
        ([CARD, ExitTaken("cards", "which", "lost", "card_lost")], [CARD, FEE], "elsewhere"),
        ([CARD], [CARD, FEE], "newly"),
        ([CARD, FEE], [CARD], "no longer"),
        ([CARD, ExitTaken("cards", "open", "otherwise")], [CARD, ExitTaken("cards", "open", "at night")], None),
        ([CARD, FEE], [CARD, ExitTaken("cards", "which", "fee", "fees")], None),
    ],
)
def test_an_utterance_is_heard_otherwise(old: list[ExitTaken], new: list[ExitTaken], how: str | None) -> None:
    found = heard_otherwise(Speech("my card 6222 0212 3456 is gone"), old, new, lambda left: left.exit)

    assert (found.how if found else None) == how
    assert heard_otherwise(Digits("1"), old, new, lambda left: left.exit) is None


def test_a_choice_under_a_new_name_goes_nowhere_else() -> None:
    old, new = [ExitTaken("main", "menu", "lost")], [ExitTaken("main", "menu", "gone")]

    assert heard_otherwise(Speech("x"), old, new, {old[0]: "gone"}.__getitem__) is None


def test_numbers_are_masked_and_long_texts_cut() -> None:
    assert masked("my card is 6222 0212-3456, pin 12") == "my card is ••••, pin 12"
    assert masked("卡号６２２２０２") == "卡号••••"
    assert len(shortened("x" * 500)) == 81


def test_the_report_counts_and_shows_them() -> None:
    totals = ImpactTotals()
    newly, lost = HeardOtherwise("newly", "my purse is gone"), HeardOtherwise("no longer", "hm")
    for call in ("CA1", "CA2"):
        totals.count(
            CallImpact("diverted", heard=[newly, lost][: 1 + (call == "CA2")]), call=call, release="r", turns=3
        )
    report = Report(totals=totals, changes=())

    lines = [str(line) for line in text(report)]
    assert "Heard: 2 utterances newly understood, 1 no longer, 0 go elsewhere." in lines
    assert '  newly understood: "my purse is gone" (2)' in lines
    assert data(report)["heard"][0] == {"how": "newly", "text": "my purse is gone", "times": 2}
