"""`topic-unreached`: at a menu that lists a topic, none of its examples leads to the choice that lists it.

Words, shortcuts or other topics take them all. So the topic has no effect there.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.topics_of import HeardExample, heard_as
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: goodbye}
    2: {label: {zh-CN: 其他, en-US: other}, words: {zh-CN: [卡], en-US: [card]}, next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my old card, my card is missing, I cannot find my card]
"""
PASSES = FAILS.replace("[卡]", "[别的卡]").replace("[card]", "[another card]")


def check(context: LintContext) -> Iterable[Finding]:
    """Each topic at each menu that lists it, by language."""
    of: dict[tuple[StepKey, str, str], list[HeardExample]] = {}
    for each in context.heard:
        of.setdefault((each.at, each.written.topic, each.written.language), []).append(each)
    for (at, topic, language), those in of.items():
        if any(each.arrives for each in those) or context.topics_source is None:
            continue
        first = those[0]
        heard = heard_as(first.heard) or Message("lint.topic-unreached.nothing")
        message = Message(
            "lint.topic-unreached.found", topic=topic, at=f"{at.flow}.{at.step}", language=language,
            example=first.written.text, heard=heard,
        )  # fmt: skip
        problem = Problem("topic-unreached", message, Message("lint.topic-unreached.hint"))
        yield context.topics_source.finding(("topics", topic, language), problem, at_key=True)


RULE = Rule(
    codes=("topic-unreached",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="narrow the words that take its examples, or do not list the topic there.",
)  # fmt: skip
