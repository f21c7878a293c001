"""`note-number`: what is said goes onto a case by a number that the customer has entered.

Anybody who knows or guesses a number could write on the case of somebody else. The number comes from the case the call
is about: `{case.number}` in a flow that `takes: {case: case}`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
number: {collect: {zh-CN: 请输入编号。, en-US: Enter the number.}, type: case_number, save: number, next: add}
add: {note: {number}, with: [product], next: copy}
copy: {set: {other: {number}}, next: again}
again: {note: {other}, with: [product], next: goodbye}
"""
PASSES = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
cases:
  complaint: {clock: cn-2020, follow_up: rate}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
takes: {case: case}
steps:
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, save: said, yes: kept, no: refused}
  kept: {follow_up: accepted, next: add}
  refused: {follow_up: not_accepted, next: add}
  add: {note: {case.number}, with: [said], next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Numbers of cases that are entries, or copies of one."""
    for flow, step in context.steps():
        number = step.declared.adds_to
        if number and number in _entered(flow):
            message = Message("lint.note-number.found", name=number)
            problem = Problem("note-number", message, Message("lint.note-number.hint"))
            yield context.at(flow.name, step.name, problem, (step.kind.name,))


def _entered(flow: Flow) -> set[str]:
    """The values of a flow that callers enter or say, with their copies."""
    steps = [step.declared for step in flow.steps.values()]
    found = {step.entry.save for step in steps if step.entry is not None and step.entry.save}
    grown = True
    while grown:
        copies = {
            name for step in steps for name, source in step.sets.items() if source[:1] == "=" and source[1:] in found
        }
        grown = not copies <= found
        found |= copies
    return found


RULE = Rule(
    codes=("note-number",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `note: {case.number}` in a flow that takes the case.",
)  # fmt: skip
