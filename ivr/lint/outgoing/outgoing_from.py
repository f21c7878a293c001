"""`outgoing-from`: the number that customers see is no telephone number, or does not lead to the hotline.

A number that cannot exist is refused by the network, or the call is taken for a swindle. Customers who missed the call
phone back the number they saw: where `numbers` does not list it, they hear what `default` says.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.call.phone import is_number
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+8612345"}
  again: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+1202555"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
---
flow: again
title: {zh-CN: 再评价, en-US: Rating again}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""
PASSES = """\
numbers: {"+862155500000": main}
---
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
CODE = "outgoing-from"


def check(context: LintContext) -> Iterable[Finding]:
    """The number of each flow under `outgoing`."""
    numbers = context.hotline.numbers
    for flow, placed in context.release.outgoing.items():
        at, number = ("outgoing", flow, "from"), placed.from_number
        if not is_number(number):
            message = Message("lint.outgoing-from.found", number=number)
            yield context.source.finding(at, Problem(CODE, message, Message("lint.outgoing-from.hint")))
        elif numbers and number not in numbers:
            message = Message("lint.outgoing-from.unlisted", number=number)
            hint = Message("lint.outgoing-from.unlisted-hint", number=number)
            yield context.source.finding(at, Problem(CODE, message, hint, "warning"))


RULE = Rule(
    codes=(CODE,), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write a number of your account, and list it under `numbers`.",
)  # fmt: skip
