"""`outgoing-hours`: customers are phoned before 8:00 or after 21:00 of their own day.

Who is woken, or called away from a meal late in the evening, complains of the call; many countries forbid it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FIRST, LAST = time(8), time(21)
RATE = """\
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""
PASSES = (
    """\
outgoing:
  rate:
    name: {zh-CN: 这里是银行。, en-US: This is the bank.}
    from: "+862155500000"
    between: 09:30-19:30
"""
    + RATE
)
FAILS = PASSES.replace("09:30-19:30", "07:00-22:00")


def check(context: LintContext) -> Iterable[Finding]:
    """The hours of each flow under `outgoing`."""
    for flow, fields in context.hotline.outgoing.items():
        first, last = fields.between
        if first < FIRST or last > LAST:
            message = Message("lint.outgoing-hours.found", first=f"{FIRST:%H:%M}", last=f"{LAST:%H:%M}")
            problem = Problem("outgoing-hours", message, Message("lint.outgoing-hours.hint"), "warning")
            yield context.source.finding(("outgoing", flow, "between"), problem)


RULE = Rule(
    codes=("outgoing-hours",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write hours between 08:00 and 21:00, such as `between: 09:30-19:30`.",
)  # fmt: skip
