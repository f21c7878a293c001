"""`message-past-limit`: a message may last as long as the whole call.

After such a message the call is over its limit: the caller is led to `limits.next` before the case is complete and its
number is said.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
story:
  record: {zh-CN: 请说明情况。, en-US: Tell us what happened.}
  at_most: 30m
  save: other
  next: more
more:
  record: {zh-CN: 请补充。, en-US: Tell us more.}
  at_most: 2h
  save: another
  next: keep
keep:
  case: complaint
  with: [other, another, phone]
  next: goodbye
"""
PASSES = FAILS.replace("30m", "3m").replace("2h", "2m")


def check(context: LintContext) -> Iterable[Finding]:
    """The longest message of each step against the longest call."""
    call = context.release.limits.call
    for flow, step in context.steps():
        at_most = step.declared.message
        if at_most >= call:
            message = Message("lint.message-past-limit.found", seconds=at_most, most=call)
            hint = Message("lint.message-past-limit.hint")
            yield context.at(
                flow.name, step.name, Problem("message-past-limit", message, hint, "warning"), path=("at_most",)
            )


RULE = Rule(
    codes=("message-past-limit",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="shorten `at_most`, or raise `limits.call`.",
)  # fmt: skip
