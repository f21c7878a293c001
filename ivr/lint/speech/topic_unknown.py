"""`topic-unknown`: a choice or a shortcut lists a topic that topics.yaml does not have.

Nobody who speaks of it is led there. A pattern such as `loan_*` must stand for one topic at least.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.flow.topics import standing_for
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.topics_of import listed_at
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lots], next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, topics: [lend_*], next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card, my card is missing, I cannot find my card]
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_*], next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card, my card is missing, I cannot find my card]
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Everything that is listed, against the topics there are."""
    if context.topics is None and context.topics_source is not None:
        return  # it could not be read, which is said already
    names = list(context.topics.topics) if context.topics is not None else []
    for source, path, pattern in listed_at(context):
        if standing_for([pattern], names):
            continue
        if pattern.endswith("*"):
            message = Message("lint.topic-unknown.pattern", pattern=pattern)
        else:
            message = Message("lint.topic-unknown.found", topic=pattern)
        yield source.finding(path, Problem("topic-unknown", message, _hint(pattern, names)))


def _hint(pattern: str, names: list[str]) -> str:
    if not names:
        return Message("lint.topic-unknown.no-file")
    return did_you_mean(pattern, names) or Message("lint.topic-unknown.hint", names=tuple(sorted(names)[:12]))


RULE = Rule(
    codes=("topic-unknown",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or write the topic into topics.yaml.",
)  # fmt: skip
