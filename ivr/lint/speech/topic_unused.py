"""`topic-unused`: no choice and no shortcut lists a topic.

Who speaks of it is led nowhere, and what else is said is taken for it less surely.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.topics_of import listed_topics
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card, my card is missing, I cannot find my card]
  card_fee:
    zh-CN: [年费多少钱, 卡要收什么费, 为什么扣我年费]
    en-US: [what does the card cost, is there a yearly fee, why was I charged a fee]
  card_limit:
    zh-CN: [额度怎么提高, 我想提额, 信用卡额度多少]
    en-US: [please raise my limit, what is my card limit, my limit is too low]
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: goodbye}
    2: {label: {zh-CN: 信用卡, en-US: cards}, topics: [card_fee, card_limit], next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card, my card is missing, I cannot find my card]
  card_fee:
    zh-CN: [年费多少钱, 卡要收什么费, 为什么扣我年费]
    en-US: [what does the card cost, is there a yearly fee, why was I charged a fee]
  card_limit:
    zh-CN: [额度怎么提高, 我想提额, 信用卡额度多少]
    en-US: [please raise my limit, what is my card limit, my limit is too low]
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every topic, against what is listed; flows that could not be read may list more."""
    if context.topics is None or context.topics_source is None or not context.complete:
        return
    listed = listed_topics(context)
    for name in context.topics.topics:
        if name not in listed:
            message = Message("lint.topic-unused.found", topic=name)
            problem = Problem("topic-unused", message, Message("lint.topic-unused.hint", topic=name), "warning")
            yield context.topics_source.finding(("topics", name), problem, at_key=True)


RULE = Rule(
    codes=("topic-unused",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="list it under `topics` of a choice, or take it out.",
)  # fmt: skip
