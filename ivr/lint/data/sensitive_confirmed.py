"""`sensitive-confirmed`: a sensitive entry has `confirm`, which reads it back.

Whoever stands beside the caller hears it, and a recording keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
pin:
  collect: {zh-CN: 请输入末四位。, en-US: Enter the last four digits.}
  type: digits
  sensitive: yes
  confirm: yes
  save: last4
  next: again
again:
  collect: {zh-CN: 请输入密码。, en-US: Enter your passcode.}
  type: digits
  sensitive: yes
  confirm: {zh-CN: "{value}，对吗？", en-US: "{value}, is that right?"}
  save: passcode
  next: goodbye
"""
PASSES = """\
pin:
  collect: {zh-CN: 请输入末四位。, en-US: Enter the last four digits.}
  type: digits
  sensitive: yes
  save: last4
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Entries that are both sensitive and confirmed."""
    for flow, step in context.steps():
        entry = step.declared.entry
        if entry is not None and entry.sensitive and "confirm" in step.declared.choices:
            message = Message("lint.sensitive-confirmed.found")
            hint = Message("lint.sensitive-confirmed.hint")
            yield context.at(flow.name, step.name, Problem("sensitive-confirmed", message, hint), path=("confirm",))


RULE = Rule(
    codes=("sensitive-confirmed",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="delete `confirm`.",
)  # fmt: skip
