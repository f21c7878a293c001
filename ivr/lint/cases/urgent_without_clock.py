"""`urgent-without-clock`: a flow calls a case urgent or high, and hotline.yaml has no clock for that.

It is owed an answer no sooner than any other of its kind: the caller who lost a card at night is called back when the
office has opened. Give the kind a clock for that priority, within hours that never close.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.case.case_fields import PRIORITIES
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
lost:
  case: callback
  with: {subject: lost_card, priority: urgent, phone: {phone}}
  next: told
told:
  case: complaint
  with: {story: {story}, priority: high, phone: {phone}}
  next: goodbye
"""
PASSES = """\
hours:
  agents: {open: {mon-fri: 08:30-20:00}, holidays: CN}
  always: {open: {mon-sun: 00:00-24:00}}
cases:
  complaint: {clock: cn-2020}
  callback: {clock: {within: 2h, hours: agents}, urgent: {within: 2h, hours: always}}
---
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  lost:
    case: callback
    with: {subject: lost_card, priority: urgent}
    next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The priorities that `case` steps write out."""
    for flow, step in context.steps():
        case = step.declared.case
        rule = context.release.cases.get(case.kind) if case else None
        if case is None or rule is None or rule.clock == "none" or "priority" not in case.fields:
            continue
        written = context.data(flow.name, step.name)["with"]
        priority = written["priority"] if isinstance(written, dict) else None
        if priority in PRIORITIES[1:] and len(rule.clocks(str(priority))) == 1:
            message = Message("lint.urgent-without-clock.found", kind=case.kind, priority=priority)
            hint = Message("lint.urgent-without-clock.hint", kind=case.kind, priority=priority)
            problem = Problem("urgent-without-clock", message, hint, "warning")
            yield context.at(flow.name, step.name, problem, path=("with", "priority"))


RULE = Rule(
    codes=("urgent-without-clock",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="write `urgent: {within: 2h, hours: always}` under the kind in hotline.yaml.",
)  # fmt: skip
