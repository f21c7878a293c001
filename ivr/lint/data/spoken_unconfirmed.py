"""`spoken-unconfirmed`: an amount or a telephone number that may be spoken goes on record without being read back.

Whoever speaks a number is misheard now and then: a digit is lost, "fifteen" becomes "fifty". Nobody notices before the
complaint is about another amount, or a stranger is called back. Keyed digits are seldom wrong; so `speech: no` is
enough where callers have them on a keypad.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

FAILS = """\
paid:
  collect: {zh-CN: 请说出扣款金额。, en-US: "How much were you charged?"}
  type: money
  save: amount
  next: number
number:
  collect: {zh-CN: 请说出联系电话。, en-US: Please say a phone number.}
  type: phone
  save: reach
  next: keep
keep:
  case: complaint
  with: {amount: {amount}, phone: {reach}}
  next: goodbye
"""
PASSES = """\
paid:
  collect: {zh-CN: 请说出扣款金额。, en-US: "How much were you charged?"}
  type: money
  save: amount
  confirm: yes
  next: number
number:
  collect: {zh-CN: 请输入联系电话，按井号键结束。, en-US: "Please enter a phone number, then press pound."}
  type: phone
  speech: no
  save: reach
  next: keep
keep:
  case: complaint
  with: {amount: {amount}, phone: {reach}}
  next: goodbye
"""
_GRAVE = frozenset(("money", "phone"))
"""What a mistake in costs somebody else, or reaches them."""


def check(context: LintContext) -> Iterable[Finding]:
    """The questions whose spoken entries are kept unheard."""
    for flow in context.release.flows.values():
        for step in flow.steps.values():
            entry = step.declared.entry
            if entry is None or not _unheard(step) or not _on_record(context, flow, entry.save):
                continue
            message = Message("lint.spoken-unconfirmed.found", name=entry.save)
            hint = Message("lint.spoken-unconfirmed.hint")
            problem = Problem("spoken-unconfirmed", message, hint, "warning")
            yield context.at(flow.name, step.name, problem, path=("type",))


def _unheard(step: Step) -> bool:
    """Whether a grave entry of its may be spoken and is not confirmed."""
    entry, listening = step.declared.entry, step.declared.listening
    if entry is None or listening is None or not listening.speech:
        return False
    return entry.type in _GRAVE and not entry.sensitive and "confirm" not in step.declared.choices


def _on_record(context: LintContext, flow: Flow, name: str) -> bool:
    """Whether a value is put on a case, or outlives the run of its flow."""
    if not name:
        return False
    cases = [step.declared.case for step in flow.steps.values() if step.declared.case]
    on_cases = {value for case in cases for value in case.fields.values()}
    return bool(flow.intake) or context.release.is_of_call(name) or name in flow.gives or name in on_cases


RULE = Rule(
    codes=("spoken-unconfirmed",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `confirm: yes`, or `speech: no`.",
)  # fmt: skip
