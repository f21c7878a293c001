"""`case-without-clock`: flows open a kind of case for which hotline.yaml says no clock.

The case gets no deadline: it is never late, so nobody looks for it, while the caller waits for an answer. If no answer
is owed, say so with `clock: none`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
intake: inquiry
steps:
  story:
    record: {zh-CN: 请说出您的问题。, en-US: Tell us your question.}
    save: story
    next: keep
  keep:
    case: feedback
    with: [story]
    next: goodbye
"""
PASSES = """\
cases:
  complaint: {clock: cn-2020}
  callback: {clock: {within: 2h, hours: agents}}
  inquiry: {clock: three-workdays}
  feedback: {clock: none}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The kinds that intakes and `case` steps open, against `cases`."""
    for flow in context.release.flows.values():
        if flow.intake and flow.intake not in context.release.cases:
            source = context.flows[flow.name].source
            yield source.finding(("intake",), _no_clock(flow.intake))
        for step in flow.steps.values():
            kind = step.declared.case.kind if step.declared.case else ""
            if kind and kind not in context.release.cases:
                yield context.at(flow.name, step.name, _no_clock(kind), path=(step.kind.name,))


def _no_clock(kind: str) -> Problem:
    message = Message("lint.case-without-clock.found", kind=kind)
    hint = Message("lint.case-without-clock.hint", kind=kind)
    return Problem("case-without-clock", message, hint, "warning")


RULE = Rule(
    codes=("case-without-clock",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="add the kind under `cases`, with its clock or with `clock: none`.",
)  # fmt: skip
