"""`follow-up-flow`: `follow_up` of a kind of case names no flow under `outgoing`, or one that takes no case.

Nobody is phoned about such a case: it waits for a word that is never asked for. `yes`, which earlier versions took,
names no flow.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
cases:
  inquiry: {clock: three-workdays, follow_up: yes}
  complaint: {clock: cn-2020, follow_up: rating}
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
PASSES = FAILS.replace("follow_up: yes", "follow_up: no").replace("rating}", "rate}")
CODE = "follow-up-flow"


def check(context: LintContext) -> Iterable[Finding]:
    """The flow each kind of case names, against those that calls of ours begin in."""
    outgoing = context.hotline.outgoing
    for kind, fields in context.hotline.cases.items():
        name = fields.follow_up
        if not name:
            continue
        if name not in outgoing:
            flows = tuple(flow for flow in outgoing if _takes_case(context, flow))
            message = Message("lint.follow-up-flow.yes" if name == "yes" else "lint.follow-up-flow.unknown", flow=name)
            hint = did_you_mean(name, flows) or Message("lint.follow-up-flow.hint", flows=flows)
            if not flows:
                hint = Message("lint.follow-up-flow.none")
            yield context.source.finding(("cases", kind, "follow_up"), Problem(CODE, message, hint))
        elif not _takes_case(context, name):
            message = Message("lint.follow-up-flow.no-case", flow=name)
            hint = Message("lint.follow-up-flow.no-case-hint", flow=name)
            yield context.source.finding(("cases", kind, "follow_up"), Problem(CODE, message, hint))


def _takes_case(context: LintContext, name: str) -> bool:
    """Whether a flow takes the case; of one that cannot be read that is not known."""
    flow = context.release.flows.get(name)
    return flow is None or flow.takes.get("case") == "case"


RULE = Rule(
    codes=(CODE,), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="name a flow under `outgoing` that `takes: {case: case}`, or write `follow_up: no`.",
)  # fmt: skip
