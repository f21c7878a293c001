"""`sensitive-on-case`: a sensitive entry is put on a case.

Everybody who works on the case could read it. Of a sensitive entry only its class and length are kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.secrets_of import secrets_of
from ivr.messages.message import Message

FAILS = """\
pin:
  collect: {zh-CN: 请输入末四位。, en-US: Enter the last four digits.}
  type: digits
  sensitive: yes
  save: last4
  next: copy
copy:
  set: {digits: {last4}}
  next: keep
keep:
  case: complaint
  with: [last4, digits, phone]
  next: goodbye
"""
PASSES = """\
pin:
  collect: {zh-CN: 请输入末四位。, en-US: Enter the last four digits.}
  type: digits
  sensitive: yes
  save: last4
  next: keep
keep:
  case: complaint
  with: [phone]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Values put on a case that are sensitive entries, or copies of one."""
    for flow in context.release.flows.values():
        secret = secrets_of(flow)
        for step in flow.steps.values() if secret else ():
            if step.declared.case:
                for name in sorted(secret & set(step.declared.case.fields.values())):
                    message = Message("lint.sensitive-on-case.found", name=name)
                    at = context.named_in(flow.name, step.name, name) or ()
                    hint = Message("lint.sensitive-on-case.hint")
                    yield context.at(
                        flow.name, step.name, Problem("sensitive-on-case", message, hint), path=at, at_key=True
                    )


RULE = Rule(
    codes=("sensitive-on-case",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take it out of `with`.",
)  # fmt: skip
