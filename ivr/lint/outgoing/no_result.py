"""`no-result`: a call to a customer can end, by what its flow does, without anything on record of what they said.

It counts as never reached, and the customer who has answered is phoned again. A hang-up needs nothing: what came of
that call is `unclear` by itself. To be led to the flow of key 0, or put through, is the result `person`.
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
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: goodbye, no_input: goodbye}
  kept: {follow_up: accepted, next: goodbye}
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
    """Every exit at which a call of ours can end without a result."""
    for key, exit in Results(context.transitions).missing:
        step = context.transitions.step(key)
        path = (context.exit_path(key.flow, step, exit) or ()) if exit in step.declared.exits else ()
        message = Message("lint.no-result.found", step=key.step)
        problem = Problem("no-result", message, Message("lint.no-result.hint"))
        yield context.at(key.flow, key.step, problem, path=path)


RULE = Rule(
    codes=("no-result",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="lead every end past a step such as `follow_up: unclear`.",
)  # fmt: skip
