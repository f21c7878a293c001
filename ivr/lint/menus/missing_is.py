"""`missing-is`: a menu has `save`, and one of its choices has no `is`.

What the caller chose is then missing on the case.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  save: offer
  choices:
    1: {label: {zh-CN: 理财, en-US: savings}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  save: offer
  choices:
    1: {is: savings, label: {zh-CN: 理财, en-US: savings}, next: goodbye}
    2: {is: loan, label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Choices of menus that save."""
    for flow, step, data, choices in menus_of(context):
        for key, choice in choices.items():
            if "save" in data and "is" not in choice:
                message = Message("lint.missing-is.found", name=data["save"], key=key)
                hint = Message("lint.missing-is.hint")
                yield context.at(flow, step, Problem("missing-is", message, hint), path=("choices", key), at_key=True)


RULE = Rule(
    codes=("missing-is",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add `is`.",
)  # fmt: skip
