"""`too-many-hints`: a question expects more words than the recogniser can be told of, or longer ones.

Twilio takes 500 entries of 100 characters, and warns of more (13330). Of more, those that others hold are left out;
where that is not enough, those behind the first 500 are left out too. What is longer is cut. Callers who say such a
thing are understood less often.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.call.verbs import MOST_HINTS
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

LONGEST = 100
FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1:
      label: {zh-CN: 挂失, en-US: a lost card}
      words:
        en-US: [somebody took my card or my wallet or my handbag or all of it and now I do not know what to do at all]
      next: goodbye
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1:
      label: {zh-CN: 挂失, en-US: a lost card}
      words: {en-US: [took + card/wallet/handbag]}
      next: goodbye
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The words of every question, in each language."""
    for flow, step in context.steps():
        for tag, words in context.release.hints.get(f"{flow.name}.{step.name}", {}).items():
            said = list(dict.fromkeys(words))
            long = next((word for word in said if len(word) > LONGEST), "")
            if len(said) > MOST_HINTS:
                message = Message(
                    "lint.too-many-hints.many", step=step.name, language=tag, n=len(said), most=MOST_HINTS
                )
                hint = Message("lint.too-many-hints.many-hint")
            elif long:
                message = Message("lint.too-many-hints.long", word=f"{long[:30]}…", n=len(long), most=LONGEST)
                hint = Message("lint.too-many-hints.long-hint")
            else:
                continue
            yield context.at(flow.name, step.name, Problem("too-many-hints", message, hint, "warning"))


RULE = Rule(
    codes=("too-many-hints",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="say it in fewer and shorter phrases.",
)  # fmt: skip
