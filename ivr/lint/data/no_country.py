"""`no-country`: callers enter a phone number, and hotline.yaml has no `country`.

Nobody can key the `+` of an international number, and without a country no other number can be read: every entry counts
as wrong, until the question is given up.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
country: ""
calls_to: [CN]
---
reach:
  collect: {zh-CN: 请输入您的电话号码。, en-US: Please enter your phone number.}
  type: phone
  save: reached_at
  next: goodbye
"""
PASSES = FAILS.replace('country: ""\n', "country: CN\n")


def check(context: LintContext) -> Iterable[Finding]:
    """The entries of a phone number, in a hotline without a country."""
    if context.hotline.country:
        return
    for flow, step in context.steps():
        if step.declared.entry is not None and step.declared.entry.type == "phone":
            problem = Problem("no-country", Message("lint.no-country.found"), Message("lint.no-country.hint"))
            yield context.at(flow.name, step.name, problem, path=("type",))


RULE = Rule(
    codes=("no-country",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `country` in hotline.yaml, such as `country: CN`.",
)  # fmt: skip
