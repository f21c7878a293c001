"""`topic-collision`: an example, were it not written down, would be taken for a topic of another choice of the menu.

Each example is left out of its own topic in turn and heard by all the others. A caller who says the like is sent wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.topics_of import MANY, HeardExample
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 还款, en-US: repayment}, topics: [loan_late], next: goodbye}
    2: {label: {zh-CN: 进度, en-US: progress}, topics: [answer_late], next: goodbye}
---
topics:
  loan_late:
    zh-CN: [这个月还不上贷款, 房贷晚几天还行吗, 你们的答复怎么又晚了]
    en-US: [I cannot repay my loan this month, may I repay my mortgage later, why is your answer late again]
  answer_late:
    zh-CN: [你们的答复怎么这么晚, 答复又晚了三天, 你们的答复太晚了]
    en-US: [why is your answer so late, your answer is late again, the answer is three days late]
"""
PASSES = FAILS.replace("你们的答复怎么又晚了", "贷款逾期了怎么还").replace(
    "why is your answer late again", "I missed a loan payment"
)


def check(context: LintContext) -> Iterable[Finding]:
    """The examples at each menu; where many of a topic go to one other, once."""
    pairs: dict[tuple[StepKey, str, str, str], list[HeardExample]] = {}
    for each in context.heard:
        if each.unseen is not None and each.unseen.at_once and each.unseen.names[0] != each.own:
            place = (each.at, each.written.language, each.written.topic, each.unseen.topic)
            pairs.setdefault(place, []).append(each)
    for those in pairs.values():
        yield from _told(context, those)


def _told(context: LintContext, those: list[HeardExample]) -> Iterable[Finding]:
    source = context.topics_source
    for each in those[:1] if len(those) >= MANY else those:
        assert source is not None and each.unseen is not None
        scores = dict(each.unseen.scores)
        values = {
            "at": f"{each.at.flow}.{each.at.step}", "example": each.written.text, "topic": each.written.topic,
            "other": each.unseen.topic, "most": scores[each.unseen.topic], "own": each.own_score,
        }  # fmt: skip
        message = Message("lint.topic-collision.found", **values)
        if len(those) >= MANY:
            message = Message("lint.topic-collision.many", **values, n=len(those))
        problem = Problem("topic-collision", message, Message("lint.topic-collision.hint"), "warning")
        yield source.finding(each.written.path, problem)


RULE = Rule(
    codes=("topic-collision",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write more examples of the topic, move this one, or let one choice list both topics.",
)  # fmt: skip
