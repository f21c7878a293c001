"""`too-many-choices`: a menu announces more than six choices of its own.

Each takes about three seconds to say, and the first ones are forgotten before the last is heard: callers press 0, or
hang up. The shortcuts come on top of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message

MOST = 6
FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 储蓄, en-US: savings}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
    3: {label: {zh-CN: 基金, en-US: funds}, next: goodbye}
    4: {label: {zh-CN: 保险, en-US: insurance}, next: goodbye}
    5: {label: {zh-CN: 外汇, en-US: currencies}, next: goodbye}
    6: {label: {zh-CN: 黄金, en-US: gold}, next: goodbye}
    7: {label: {zh-CN: 其他, en-US: anything else}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 储蓄, en-US: savings}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
    3: {label: {zh-CN: 其他, en-US: anything else}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The choices of each menu, counted in each language."""
    for flow, step, _, choices in menus_of(context):
        for tag in context.languages:
            here = [key for key, choice in choices.items() if tag in choice.get("languages", context.languages)]
            if len(here) > MOST:
                message = Message("lint.too-many-choices.found", step=step, n=len(here), language=tag, most=MOST)
                hint = Message("lint.too-many-choices.hint", most=MOST)
                path = ("choices", here[MOST])
                yield context.at(
                    flow, step, Problem("too-many-choices", message, hint, "warning"), path=path, at_key=True
                )
                break


RULE = Rule(
    codes=("too-many-choices",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="put the rarer ones behind one choice, in a menu of their own.",
)  # fmt: skip
