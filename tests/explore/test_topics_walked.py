"""A proof walks what topics lead to: a class of its own for a topic that answers several menus."""

from __future__ import annotations

from datetime import date

import pytest
from small import small_release

from ivr.call.inputs import Speech
from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.flow.model import Release
from ivr.steps.step import Later, Tried

TOPICS = """\
topics:
  card_lost:
    zh-CN: [我的卡丢了怎么办, 银行卡找不到了, 卡不知道掉在哪里了]
    en-US: [I lost my card last night, my card is missing, I cannot find my debit card]
  loan_rate:
    zh-CN: [房贷利率是多少, 贷款利息怎么算]
    en-US: [what is the interest on a mortgage, how much interest do I pay on a loan]
  loan_early:
    zh-CN: [贷款可以提前还吗, 提前还款有违约金吗]
    en-US: [may I pay my loan back early, is there a fee for paying early]
"""
STEPS = """\
menu:
  menu: {zh-CN: 请选择。, en-US: How can we help?}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: goodbye}
    2: {label: {zh-CN: 借钱, en-US: lending}, topics: [loan_*], next: which}
which:
  menu: {zh-CN: 哪一方面？, en-US: What about it?}
  choices:
    1: {label: {zh-CN: 利率, en-US: the rate}, topics: [loan_rate], next: rates}
    2: {label: {zh-CN: 申请, en-US: applying}, next: goodbye}
rates: {say: {zh-CN: 利率以合同为准。, en-US: The contract states the rate.}, next: goodbye}
"""


def hotline(promises: str = "") -> Release:
    return small_release(STEPS, topics=TOPICS, keys=f"promises: [{promises}]\n")


def proof(promises: str = "") -> Proof:
    return prove(hotline(promises), Scope(since=date(2026, 3, 2)), calls=300)


def tried(release: Release, step: str) -> dict[str, Tried]:
    asked = release.flows["main"].steps[step]
    return {each.means: each for each in asked.tried("asked", "en-US", Later())}  # type: ignore[attr-defined]


def test_a_topic_of_two_menus_has_a_class_of_its_own_and_others_have_none() -> None:
    classes = tried(hotline(), "menu")

    assert [means for means in classes if " by " in means] == ["借钱 by loan_rate"]
    assert Speech("how much interest do I pay on a loan") in classes["借钱 by loan_rate"].inputs
    assert any(isinstance(each, Speech) and "lost" in each.text for each in classes["挂失"].inputs)


def test_what_lies_between_two_choices_is_tried_as_no_match() -> None:
    unclear = [each for each in hotline().flows["main"].steps["menu"].tried("asked", "en-US", Later())  # type: ignore[attr-defined]
               if each.means == "no_match"]  # fmt: skip

    assert any(isinstance(came, Speech) and "," in came.text for each in unclear for came in each.inputs)


def test_the_walk_knows_every_turn_of_random_callers() -> None:
    proved = proof()

    assert proved.complete, proved.checked.unknown_turn
    assert proved.walked is not None
    assert any(edge.way.means == "借钱 by loan_rate" for edge in proved.walked.graph.all_edges())


@pytest.mark.parametrize(
    ("promise", "holds"),
    [
        ("{said: I cannot find my card, at: main.menu, leads to: the end}", True),
        ("{said: 我的卡找不到了, at: main.menu, leads to: the end}", True),
        ("{said: what interest does a mortgage have, at: main.menu, leads to: main.rates}", True),
        ("{said: may I pay early, at: main.menu, leads to: main.which}", True),
        ("{said: may I pay early, at: main.menu, leads to: main.rates}", False),
        ("{said: lending, at: main.menu, leads to: main.which}", True),
        ("{said: number two, at: main.menu, leads to: main.which}", True),
        ("{said: the weather in Spain, at: main.menu, leads to: main.which}", False),
        ("{said: I don't want a loan rate, at: main.menu, leads to: main.which}", False),
    ],
)
def test_a_sentence_that_must_never_break_is_proved(promise: str, holds: bool) -> None:
    result = [each for each in proof(promise).results if "said" in each.name]

    assert [each.holds for each in result] == [holds]
    if not holds:
        assert result[0].example is not None
