"""`uneven-placeholders`: the words of one language leave out a value that those of another speak.

Some callers are told less than others: mostly a translation was not changed along.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
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
                missing = ", ".join(f"{{{name}}}" for name in left_out)
                message = f"the {tag} words leave out {missing}, which another language speaks."
                hint = "The same placeholders stand in every language."
                yield source.finding(path, Problem("uneven-placeholders", message, hint, "warning"))


RULE = Rule(
    codes=("uneven-placeholders",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="the same placeholders in every language.",
)  # fmt: skip
