"""`looks-sensitive`: an entry looks like a PIN, a card or an identity number, and is not `sensitive`.

It is kept in the open: in the turns on record, on the case, in a captured fixture. With `sensitive: yes` only its
length is kept. Better never ask for a full card number, a PIN, a security code or a code from a text message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

_SPOKEN = re.compile(
    r"密码|卡背面|卡号|账号|帐号|身份证|证件号|验证码|安全码|密碼|卡號|賬號|身份證|驗證碼"
    r"|\bPIN\b|\bpass(?:code|word)\b|\b(?:card|account|identity|ID|passport|social security) (?:number|document)\b"
    r"|\bback of (?:your|the) card\b|\bdigits of your (?:card|account|identity|ID)\b|\bsecurity code\b|\bCVV2?\b"
    r"|\bone-time (?:code|password)\b"
)
_SPOKEN_ANY_CASE = re.compile(_SPOKEN.pattern.replace(r"\bPIN\b|", ""), re.I)
_SAVED = re.compile(r"(?:^|_)(?:pin|cvv|password|passcode|otp|card_n(?:umber|o)|id_(?:number|card)|ssn|last_?4)(?:_|$)")
_ENTRIES = ("digits", "number", "phone", "text")
FAILS = """\
card:
  collect: {zh-CN: 请输入您的银行卡号。, en-US: Please enter your card number.}
  type: digits
  save: entered
  next: pin
pin:
  collect: {zh-CN: 请输入六位数字。, en-US: Please enter your six digits.}
  type: digits
  save: pin
  next: keep
keep:
  case: complaint
  with: [entered, pin, phone]
  next: goodbye
"""
PASSES = """\
last4:
  collect: {zh-CN: 请输入证件号码的后四位。, en-US: Enter the last four digits of your identity document.}
  type: digits
  length: 4
  sensitive: yes
  save: last4
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Entries by the words that ask for them and the name they are saved under."""
    for flow, step in context.steps():
        entry = step.declared.entry
        if entry is None or entry.type not in _ENTRIES or entry.sensitive:
            continue
        texts = [
            text
            for written in context.prompts_of(flow.name, step.name)
            if written.path[2] == step.kind.name
            for text in written.said.text.values()
        ]
        asked = next((found[0] for text in texts for found in [_asked(text)] if found), "")
        if asked or _SAVED.search(entry.save):
            message = Message("lint.looks-sensitive.found", words=asked or entry.save)
            hint = Message("lint.looks-sensitive.hint")
            yield context.at(
                flow.name, step.name, Problem("looks-sensitive", message, hint), path=(step.kind.name,), at_key=True
            )


def _asked(text: str) -> re.Match[str] | None:
    """A whole word PIN in capitals, and the other words in any case."""
    return _SPOKEN.search(text) or _SPOKEN_ANY_CASE.search(text)


RULE = Rule(
    codes=("looks-sensitive",), severity="error", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="add `sensitive: yes`.",
)  # fmt: skip
