"""`sensitive-spoken`: a prompt or whisper speaks a sensitive entry.

Whoever stands beside the caller hears it, and a recording keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.lint.secrets_of import secrets_of
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

FAILS = """\
pin:
  collect: {zh-CN: 请输入末四位。, en-US: Enter the last four digits.}
  type: digits
  sensitive: yes
  save: last4
  next: told
told:
  say: {zh-CN: "您输入了{last4:digits}。", en-US: "You entered {last4:digits}."}
  next: goodbye
"""
PASSES = """\
pin:
  collect: {zh-CN: 请输入末四位。, en-US: Enter the last four digits.}
  type: digits
  sensitive: yes
  save: last4
  next: told
told:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Placeholders that name a sensitive entry of their flow."""
    secrets = {flow.name: secrets_of(flow) for flow in context.release.flows.values()}
    for parsed, source, at, said in context.prompts:
        secret = secrets.get(parsed.head.flow, frozenset()) if parsed is not None else frozenset()
        for path, _, text in said.in_languages(at) if secret else ():
            for found in PLACEHOLDER.finditer(text):
                if found[1] in secret:
                    message = Message("lint.sensitive-spoken.found", name=found[1])
                    hint = Message("lint.sensitive-spoken.hint")
                    yield text_finding(source, path, found[0], Problem("sensitive-spoken", message, hint))


RULE = Rule(
    codes=("sensitive-spoken",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="delete the placeholder.",
)  # fmt: skip
