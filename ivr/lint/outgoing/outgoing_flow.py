"""`outgoing-flow`: a flow under `outgoing` cannot begin a call of ours, or a flow takes a case that nobody hands over.

Such a flow takes nothing but `case: case`, is entered by no number, and opens no case itself: from then on `case.*`
would be the new one. A flow that takes a case and does not stand under `outgoing` gets none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
outgoing:
  main: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
takes: {product: text}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
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
CODE = "outgoing-flow"


def check(context: LintContext) -> Iterable[Finding]:
    """The flows under `outgoing`, and those that take a case."""
    incoming = {name for _, name in context.incoming_at()}
    for name in context.hotline.outgoing:
        if name in incoming:
            message = Message("lint.outgoing-flow.incoming", flow=name)
            hint = Message("lint.outgoing-flow.incoming-hint")
            yield context.source.finding(("outgoing", name), Problem(CODE, message, hint), at_key=True)
        if (flow := context.release.flows.get(name)) is not None:
            yield from _begun(context, flow)
    for flow in context.release.flows.values():
        if flow.name not in context.hotline.outgoing:
            for value in (value for value, type in flow.takes.items() if type == "case"):
                message = Message("lint.outgoing-flow.no-case", flow=flow.name, value=value)
                hint = Message("lint.outgoing-flow.no-case-hint", flow=flow.name)
                problem = Problem(CODE, message, hint)
                yield context.flows[flow.name].source.finding(("takes", value), problem, at_key=True)


def _begun(context: LintContext, flow: Flow) -> Iterator[Finding]:
    source = context.flows[flow.name].source
    for value, type in flow.takes.items():
        if not value == type == "case":
            message = Message("lint.outgoing-flow.takes", flow=flow.name, value=value)
            hint = Message("lint.outgoing-flow.takes-hint")
            yield source.finding(("takes", value), Problem(CODE, message, hint), at_key=True)
    if "case" in flow.takes:
        message, hint = Message("lint.outgoing-flow.second"), Message("lint.outgoing-flow.second-hint")
        if flow.intake:
            yield source.finding(("intake",), Problem(CODE, message, hint), at_key=True)
        for step in flow.steps.values():
            if step.declared.case:
                yield context.at(flow.name, step.name, Problem(CODE, message, hint))


RULE = Rule(
    codes=(CODE,), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="begin the call in a flow of its own, and open a case in another one that it runs.",
)  # fmt: skip
