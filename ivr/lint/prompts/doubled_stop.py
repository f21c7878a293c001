"""`doubled-stop`: a sentence ends twice.

The voice pauses where no sentence ends, or reads the mark aloud. Values need no care: one that ends with a stop, such
as a time ("2 p.m."), loses it before another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

_MARKS = ".．。…"
_TWICE = re.compile(rf"(?<![{_MARKS}])(?:[.．。]{{2}}|[!！?？,，、;；:：]\s?[.．。])(?![{_MARKS}])")
FAILS = """\
thanks:
  say: {zh-CN: 谢谢您。。, en-US: Thank you..}
  next: again
again:
  say: {zh-CN: 请稍候，。, en-US: Wait!.}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: 谢谢您……, en-US: Thank you...}
  next: again
again:
  say: {zh-CN: "{hours.agents.opens:time}。", en-US: "We are back at {hours.agents.opens:time}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Marks in a row in every prompt."""
    for _, source, at, said in context.prompts:
        for path, _, text in said.in_languages(at):
            words = PLACEHOLDER.sub(lambda slot: "_" * len(slot[0]), text)
            for found in _TWICE.finditer(words):
                message = Message("lint.doubled-stop.found", marks=found[0])
                hint = Message("lint.doubled-stop.hint", mark=found[0].strip()[-1])
                yield text_finding(source, path, found[0], Problem("doubled-stop", message, hint, "warning"))


RULE = Rule(
    codes=("doubled-stop",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="end each sentence once.",
)  # fmt: skip
