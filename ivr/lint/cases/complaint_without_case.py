"""`complaint-without-case`: a choice is called a complaint, and nothing behind it opens a complaint case.

The caller believes that the complaint is made. It has no number, no deadline and no record, so nobody answers it. Every
complaint must be registered, whoever takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.analysis.exit_moves import ExitMoves
from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.cases.complaint_too_deep import takes_complaint
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message

_COMPLAINT = re.compile(r"投诉|投訴|\bcomplain", re.I)
FAILS = """\
first:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: sorry}
    2: {label: {zh-CN: 投诉建议, en-US: complaints and ideas}, next: flow agent}
sorry:
  say: {zh-CN: 很抱歉。, en-US: We are sorry.}
  next: goodbye
"""
PASSES = """\
first:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: sorry}
sorry:
  say: {zh-CN: 很抱歉。, en-US: We are sorry.}
  next: keep
keep:
  case: complaint
  with: [story]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The ways behind every choice whose label says complaint."""
    moves = ExitMoves(context.transitions)
    for flow_name, step_name, _, choices in menus_of(context):
        flow = context.release.flows[flow_name]
        if flow.intake == "complaint" or not context.complete:
            continue
        for key, choice in choices.items():
            if not any(_COMPLAINT.search(label) for label in choice.get("label", {}).values()):
                continue
            menu = StepKey(flow_name, step_name)
            starts = [move.to for move in moves.by_exit(menu, context.exits_by_key(flow_name, step_name)[key])]
            reached = moves.reached(starts, inside=flow_name, barred=menu)
            if not any(takes_complaint(moves.step(key), context.release.flows[key.flow]) for key in reached):
                message = Message("lint.complaint-without-case.found", key=key)
                hint = Message("lint.complaint-without-case.hint")
                yield context.at(
                    flow_name,
                    step_name,
                    Problem("complaint-without-case", message, hint, "warning"),
                    path=("choices", key),
                    at_key=True,
                )


RULE = Rule(
    codes=("complaint-without-case",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="lead it to a flow with `intake: complaint`, or a step with `case: complaint`.",
)  # fmt: skip
