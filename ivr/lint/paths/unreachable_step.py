"""`unreachable-step`: nothing leads to a step.

Nobody is stranded, but its author believes that callers hear it (a choice was taken out, or a target was mistyped).
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
thanks: {say: {zh-CN: 谢谢。, en-US: Thank you.}, next: goodbye}
lonely: {say: {zh-CN: 再见。, en-US: Goodbye.}, next: goodbye}
lonelier: {say: {zh-CN: 再见。, en-US: Goodbye.}, next: lonely}
"""
PASSES = """\
thanks: {say: {zh-CN: 谢谢。, en-US: Thank you.}, next: rated}
rated: {say: {zh-CN: 再见。, en-US: Goodbye.}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Steps against what is reached from the first of their flow."""
    if not context.complete:
        return
    for flow in context.release.flows.values():
        for step in flow.steps.values():
            if step.name not in context.reach.steps[flow.name]:
                message = Message("lint.unreachable-step.found", step=step.name)
                hint = Message("lint.unreachable-step.hint", first=flow.first)
                yield context.at(flow.name, step.name, Problem("unreachable-step", message, hint, "warning"))


RULE = Rule(
    codes=("unreachable-step",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="lead a step to it, or delete it.",
)  # fmt: skip
