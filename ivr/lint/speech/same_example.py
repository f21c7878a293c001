"""`same-example`: one example stands in two topics; a warning where it stands in one twice.

Capital letters, blanks and punctuation make no other. An utterance like it fits both topics, so that neither is taken.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.topics_of import ExampleAt, examples_at
from ivr.messages.message import Message
from ivr.speech.features import folded

FAILS = """\
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 钱包被偷了]
    en-US: [I lost my card, my card is missing, my wallet was stolen]
  card_stolen:
    zh-CN: [有人偷了我的卡, 卡被抢了, 钱包被偷了！]
    en-US: [somebody took my card, I was robbed of my card, My wallet was stolen.]
"""
PASSES = FAILS.replace(", 钱包被偷了！", ", 包被人拿走了").replace(", My wallet was stolen.", ", a thief has my card")


def check(context: LintContext) -> Iterable[Finding]:
    """Each example against those before it, by language."""
    source = context.topics_source
    earlier: dict[tuple[str, str], ExampleAt] = {}
    for example in examples_at(context):
        place = (example.language, folded(example.text))
        first = earlier.setdefault(place, example)
        if first is example or source is None:
            continue
        line = source.place(first.path).line
        if first.topic == example.topic:
            message = Message("lint.same-example.twice", example=example.text, line=line)
            problem = Problem("same-example", message, Message("lint.same-example.delete"), "warning")
        else:
            message = Message("lint.same-example.found", example=example.text, topic=first.topic, line=line)
            problem = Problem("same-example", message, Message("lint.same-example.hint"))
        yield source.finding(example.path, problem)


RULE = Rule(
    codes=("same-example",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="leave it to the topic it is about.",
)  # fmt: skip
