"""`uneven-placeholders`: the words of one language leave out a value that those of another speak.

Some callers hear less than others. Mostly one language was changed and the other was not.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

FAILS = """\
thanks:
  say: {zh-CN: "号码{phone:phone}。", en-US: Thank you.}
  next: again
again:
  say: {zh-CN: 谢谢。, en-US: "It is {phone:phone}."}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: "号码{phone:phone}。", en-US: "It is {phone:digits}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The values spoken in each language of a prompt, against those of all its languages."""
    for _, source, at, said in context.prompts:
        names = {tag: {found[1] for found in PLACEHOLDER.finditer(text)} for tag, text in said.text.items()}
        everywhere = set().union(*names.values())
        for path, tag, _ in said.in_languages(at):
            if left_out := sorted(everywhere - names[tag]):
                missing = tuple(f"{{{name}}}" for name in left_out)
                message = Message("lint.uneven-placeholders.found", language=tag, names=missing)
                hint = Message("lint.uneven-placeholders.hint")
                yield source.finding(path, Problem("uneven-placeholders", message, hint, "warning"))


RULE = Rule(
    codes=("uneven-placeholders",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="write the same placeholders in every language.",
)  # fmt: skip
