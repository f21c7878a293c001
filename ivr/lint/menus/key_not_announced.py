"""`key-not-announced`: a language question does not say the key of one of its languages, or a scale its two ends.

Nothing else says them: a language is chosen before anything can be announced, and a scale has no labels. Callers wait
until the question is given up, or press what they guess.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus.key_not_said import says
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
language:
  language: {zh-CN: 普通话请按1。, en-US: "For English, press the key."}
  choices:
    1: {is: zh-CN, words: [普通话]}
    2: {is: en-US, words: [English]}
  next: rating
rating:
  menu: {zh-CN: 请按1到5打分。, en-US: "How was it, from 1 to 4?"}
  scale: 1-5
  next: goodbye
"""
PASSES = """\
language:
  language: {zh-CN: 普通话请按1。, en-US: "For English, press 2."}
  choices:
    1: {is: zh-CN, words: [普通话]}
    2: {is: en-US, words: [English]}
  next: rating
rating:
  menu: {zh-CN: 请按1到5打分。, en-US: "How was it, from 1 to 5?"}
  scale: 1-5
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The keys of language questions and scales, against their words."""
    for flow, step in context.steps():
        data = context.data(flow.name, step.name)
        said = data.get(step.kind.name)
        if not isinstance(said, dict):
            continue
        for tag, key in context.fields(flow.name, step.name).keys_in_words():
            written = said.get(tag)
            text = written["text"] if isinstance(written, dict) else written
            if isinstance(text, str) and not says(text, key):
                message = Message("lint.key-not-announced.found", language=tag, key=key)
                hint = Message("lint.key-not-announced.hint", key=key)
                yield context.at(
                    flow.name,
                    step.name,
                    Problem("key-not-announced", message, hint, "warning"),
                    path=(step.kind.name, tag),
                )


RULE = Rule(
    codes=("key-not-announced",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="say the key in the words.",
)  # fmt: skip
