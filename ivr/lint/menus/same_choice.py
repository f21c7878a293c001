"""`same-choice`: two choices of a menu bear one name (`is`, else the label in the first language).

Both would lead the same way, and figures could not tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 理财, en-US: savings}, next: goodbye}
    2: {label: {zh-CN: 理财, en-US: funds}, next: goodbye}
    3: {label: {zh-CN: 理财, en-US: shares}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 理财, en-US: savings}, next: goodbye}
    2: {label: {zh-CN: 基金, en-US: funds}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Names within each menu."""
    for flow, step, _, choices in menus_of(context):
        names: dict[str, str] = {}
        for key, choice in choices.items():
            name = context.choice_name(dict(choice))
            if name in names:
                message = f'choices {names[name]} and {key} are both called "{name}": both would lead the same way.'
                hint = "Give one of them another is, or another label."
                yield context.at(flow, step, "same-choice", message, hint, path=("choices", key), at_key=True)
            names.setdefault(name, key)


RULE = Rule(
    codes=("same-choice",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="another `is`, or another label.",
)  # fmt: skip
