"""`two-results`: a call to a customer can record a result where one is on record already.

Only one counts, and nobody can tell which the customer meant. What is said after the first goes on the case by a
`note`. To be led to the flow of key 0, or put through, has recorded `person`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.results import Results
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: more}
  refused: {follow_up: not_accepted, next: kept}
  more: {follow_up: unclear, next: goodbye}
"""
PASSES = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every step that may record a second result."""
    for key in Results(context.transitions).again:
        message = Message("lint.two-results.found", step=key.step)
        yield context.at(key.flow, key.step, Problem("two-results", message, Message("lint.two-results.hint")))


RULE = Rule(
    codes=("two-results",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="record it once, before anything else is asked, and add what is said later by a `note`.",
)  # fmt: skip
