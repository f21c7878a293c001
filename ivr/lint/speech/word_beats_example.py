"""`word-beats-example`: an example is caught by a word of another choice, or of a shortcut, before topics are asked.

Words win over topics. So whoever says it is led elsewhere, whatever else the topic holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.topics_of import MANY, beaten
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: goodbye}
    2: {label: {zh-CN: 办卡, en-US: a new card}, words: {zh-CN: [新卡], en-US: [new card]}, next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 刚办的新卡不见了]
    en-US: [I lost my card, my card is missing, I cannot find my new card]
"""
PASSES = FAILS.replace("[新卡]", "[申请卡]").replace("[new card]", "[another card]").replace("a new card", "to apply")


def check(context: LintContext) -> Iterable[Finding]:
    """The examples at each menu that lists their topic; where one word catches many, `net-too-wide` tells it."""
    for (at, name, caught), those in beaten(context).items():
        for each in those if len(those) < MANY and context.topics_source is not None else ():
            assert context.topics_source is not None
            message = Message(
                "lint.word-beats-example.found", example=each.written.text, name=name, at=f"{at.flow}.{at.step}",
                caught=caught,
            )  # fmt: skip
            problem = Problem("word-beats-example", message, Message("lint.word-beats-example.hint"), "warning")
            yield context.topics_source.finding(each.written.path, problem)


RULE = Rule(
    codes=("word-beats-example",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take the word out, make it longer, or write the example otherwise.",
)  # fmt: skip
