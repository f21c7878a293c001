"""`topic-thin`: a topic has fewer than three examples in a language of the hotline.

With one or two, hardly anybody who says it in other words is understood; five to ten are good.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

FEWEST = 3
FAILS = """\
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card]
  card_fee:
    zh-CN: [年费多少钱, 卡要收什么费]
"""
PASSES = """\
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card, my card is missing, I cannot find my card]
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Each topic in each language; a language without any example is said once."""
    if context.topics is None or context.topics_source is None:
        return
    topics = context.topics.topics
    for tag in context.languages:
        if not any(said.get(tag) for said in topics.values()):
            message = Message("lint.topic-thin.language", language=tag)
            hint = Message("lint.topic-thin.hint", fewest=FEWEST)
            yield context.topics_source.finding(
                ("topics",), Problem("topic-thin", message, hint, "warning"), at_key=True
            )
            continue
        for name, said in topics.items():
            count = len(said.get(tag, ()))
            if count < FEWEST:
                path: SourcePath = ("topics", name, tag) if tag in said else ("topics", name)
                message = Message("lint.topic-thin.found", topic=name, n=count, language=tag)
                problem = Problem("topic-thin", message, Message("lint.topic-thin.hint", fewest=FEWEST), "warning")
                yield context.topics_source.finding(path, problem, at_key=True)


RULE = Rule(
    codes=("topic-thin",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write down how callers say it, each time in other words.",
)  # fmt: skip
