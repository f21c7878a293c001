"""`no-choice`: in one of the languages a menu has no choice.

A caller who chose that language hears a question that nothing answers.
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
  choices:
    1: {label: {zh-CN: 理财}, languages: [zh-CN], next: more}
more:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {en-US: savings}, languages: [en-US], next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 理财}, languages: [zh-CN], next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The languages of each menu's choices, taken together."""
    for flow, step, _, choices in menus_of(context):
        offered = {tag for choice in choices.values() for tag in choice.get("languages", context.languages)}
        for tag in context.languages:
            if tag not in offered:
                message = Message("lint.no-choice.none", step=step, language=tag)
                hint = Message("lint.no-choice.hint", language=tag)
                yield context.at(flow, step, Problem("no-choice", message, hint), path=("choices",), at_key=True)


RULE = Rule(
    codes=("no-choice",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="offer one of the choices in that language too.",
)  # fmt: skip
