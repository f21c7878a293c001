"""`outgoing-unused`: a flow under `outgoing` takes a case, and no kind of case names it under `follow_up`.

No call ever begins in it. Its author believes that customers are phoned.
"""

from __future__ import annotations

from collections.abc import Iterable

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
takes: {case: case}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""
PASSES = "cases:\n  complaint: {clock: cn-2020, follow_up: rate}\n---\n" + FAILS


def check(context: LintContext) -> Iterable[Finding]:
    """Flows that take a case, against `follow_up` of all kinds."""
    used = {fields.follow_up for fields in context.hotline.cases.values()}
    for name in context.hotline.outgoing:
        flow = context.release.flows.get(name)
        if flow is not None and "case" in flow.takes and name not in used:
            message = Message("lint.outgoing-unused.found", flow=name)
            problem = Problem("outgoing-unused", message, Message("lint.outgoing-unused.hint", flow=name), "warning")
            yield context.source.finding(("outgoing", name), problem, at_key=True)


RULE = Rule(
    codes=("outgoing-unused",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `follow_up: NAME` under a kind of case, or delete the flow.",
)  # fmt: skip
