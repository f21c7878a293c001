"""`outgoing-name`: `name: no` without `unnamed`, or `unnamed` beside a name.

Whoever answers has to know which house phones, before anything else. Only a house whose very name is a secret, such as
a refuge, leaves it out, and says why under `unnamed`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
outgoing:
  rate: {name: no, from: "+862155500000"}
  again: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, unnamed: a refuge, from: "+862155500000"}
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
outgoing:
  rate: {name: no, unnamed: a refuge for women, from: "+862155500000"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""
CODE = "outgoing-name"


def check(context: LintContext) -> Iterable[Finding]:
    """The name of each flow under `outgoing`, and the reason for none."""
    for flow, fields in context.hotline.outgoing.items():
        if fields.name is None and fields.unnamed is None:
            problem = Problem(CODE, Message("lint.outgoing-name.found"), Message("lint.outgoing-name.hint"))
            yield context.source.finding(("outgoing", flow, "name"), problem)
        elif fields.name is not None and fields.unnamed is not None:
            problem = Problem(CODE, Message("lint.outgoing-name.both"), Message("lint.outgoing-name.both-hint"))
            yield context.source.finding(("outgoing", flow, "unnamed"), problem, at_key=True)


RULE = Rule(
    codes=(CODE,), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write the name in each language, or the reason under `unnamed`.",
)  # fmt: skip
