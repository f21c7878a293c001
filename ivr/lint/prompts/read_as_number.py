"""`read-as-number`: digits stand in a text in a row, and are read out as one number.

95594 becomes "ninety-five thousand five hundred and ninety-four", which nobody can write down or dial. Amounts, with
their unit behind or before them, are numbers and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

_AMOUNT = r"(?!\s?(?:[.,][0-9]|%|％|[元块万亿人件个次户份分美日港欧点]))"
_DIGITS = re.compile(r"(?<![0-9.,¥￥$€£+])\+?[0-9]{5,}(?![0-9])" + _AMOUNT)
_COUNTED = re.compile(r"\s+(?:yuan|dollars?|euros?|pounds?|people|customers|times|points|percent|RMB|CNY|USD)\b", re.I)
_CURRENCY = re.compile(r"(?:RMB|CNY|USD|EUR|HKD)\s*\Z")
FAILS = """\
told:
  say: {zh-CN: 请拨打95594。, en-US: Please dial 95594.}
  next: again
again:
  say: {zh-CN: 请拨打４００８２０００００。, en-US: Please dial 4008200000.}
  next: goodbye
"""
PASSES = """\
told:
  say: {zh-CN: 请拨打九五五九四。, en-US: Please dial 9 5 5 9 4.}
  next: again
again:
  say: {zh-CN: 单笔限额50000元。, en-US: "The limit is 50000 yuan."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Runs of five digits and more in what callers and desks hear."""
    for _, source, at, said in context.prompts:
        if at[-1] == "title":
            continue
        for path, _, text in said.in_languages(at):
            for found in _DIGITS.finditer(_narrow(PLACEHOLDER.sub(lambda slot: " " * len(slot[0]), text))):
                before = text[max(0, found.start() - 5) : found.start()]
                if _COUNTED.match(text, found.end()) or _CURRENCY.search(before):
                    continue
                written = text[found.start() : found.end()]
                message = Message("lint.read-as-number.found", digits=written)
                hint = Message("lint.read-as-number.hint", apart=" ".join(found[0].lstrip("+")))
                yield text_finding(source, path, written, Problem("read-as-number", message, hint, "warning"))


def _narrow(text: str) -> str:
    """Full-width digits as plain ones; every other character keeps its place."""
    return text.translate({0xFF10 + n: str(n) for n in range(10)})


RULE = Rule(
    codes=("read-as-number",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write the digits apart, or in characters.",
)  # fmt: skip
