"""`unreachable-flow`: no number, shortcut or other flow enters a flow.

No caller is harmed; its author believes that they are led there.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
flow: opening
title: {zh-CN: 营业时间, en-US: Opening hours}
steps:
  told: {say: {zh-CN: 每天。, en-US: Every day.}, next: return}
"""
PASSES = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  told: {run: contact, outcomes: {none: about}, next: about}
  about: {run: about, with: {product: card}, next: more}
  more:
    yes_no: {zh-CN: 要投诉吗？, en-US: Is it a complaint?}
    yes: flow complaint
    no: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Flows against what is reached from the numbers and the shortcuts."""
    if not context.complete:
        return
    for name in sorted(context.release.flows.keys() - context.entered_flows()):
        message = Message("lint.unreachable-flow.found", flow=name)
        hint = Message("lint.unreachable-flow.hint", flow=name)
        source = context.flows[name].source
        yield source.finding(("flow",), Problem("unreachable-flow", message, hint, "warning"))


RULE = Rule(
    codes=("unreachable-flow",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="enter it with `flow NAME` or `run`, or delete the file.",
)  # fmt: skip
