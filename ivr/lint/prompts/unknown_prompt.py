"""`unknown-prompt`: a prompt is one text without a language, and no shared prompt has that name.

A text without a language is the name of a prompt under `prompts` in hotline.yaml. The caller hears nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
thanks:
  say: Thank you very much.
  next: again
again:
  say: thanks
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: 非常感谢。, en-US: Thank you very much.}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Names of shared prompts against those there are."""
    shared = context.hotline.prompts
    for _, source, path, said in context.prompts:
        if said.shared and said.shared not in shared:
            message = Message("lint.unknown-prompt.found", name=said.shared)
            example = Message("lint.unknown-prompt.hint", language=context.languages[0])
            yield source.finding(path, Problem("unknown-prompt", message, did_you_mean(said.shared, shared) or example))


RULE = Rule(
    codes=("unknown-prompt",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write each language on a line of its own, or correct the shared prompt's name.",
)  # fmt: skip
