"""`outside-outgoing`: a call that comes in can reach a step that records what came of phoning a customer, or that adds
to the case of another call.

Nobody was phoned there, and no case was handed over: the step records nothing that anybody will find.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: goodbye}
kept:
  follow_up: accepted
  next: added
added:
  note: {case.number}
  with: [product]
  next: goodbye
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
    """Such steps in the flows that incoming calls reach, and in those that no call reaches."""
    release = context.release
    incoming = _reached(context, [name for name, way in release.entries.items() if way == "incoming"])
    ours = _reached(context, list(release.outgoing))
    for flow, step in context.steps():
        if not step.declared.result and not step.declared.adds_to:
            continue
        if flow.name in incoming or flow.name not in ours:
            kind = step.kind.name
            message = Message("lint.outside-outgoing.found", step=step.name, kind=kind)
            if flow.name not in incoming:
                message = Message("lint.outside-outgoing.unreached", step=step.name, kind=kind, flow=flow.name)
            hint = Message("lint.outside-outgoing.hint")
            yield context.at(flow.name, step.name, Problem("outside-outgoing", message, hint), (kind,), at_key=True)


def _reached(context: LintContext, begun: Sequence[str]) -> set[str]:
    """The flows that calls can be in which begin in these."""
    release = context.release
    ways = [release.limits.next, *(shortcut.next for shortcut in release.shortcuts.values())]
    open_, seen = [*begun, *(way.name for way in ways if way.to == "flow" and begun)], set[str]()
    while open_:
        flow = context.transitions.flow(open_.pop())
        if flow is not None and flow.name not in seen:
            seen.add(flow.name)
            for step in context.reach.steps[flow.name]:
                open_ += context.transitions.named_by(StepKey(flow.name, step))
    return seen


RULE = Rule(
    codes=("outside-outgoing",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="move the step into a flow under `outgoing` of hotline.yaml, which no incoming call enters.",
)  # fmt: skip
