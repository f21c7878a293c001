"""`shortcut-key`: a choice is on a shortcut's key.

A caller who presses it is led where the shortcut leads: the choice is announced and never taken.
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
    9: {label: {zh-CN: 理财, en-US: savings}, next: goodbye}
    star: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 理财, en-US: savings}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Keys of choices against the shortcuts that hold in the menu."""
    for flow, step, data, choices in menus_of(context):
        taken = context.release.shortcut_keys(every=data.get("shortcuts") != "no")
        for key in [key for key in choices if key in taken]:
            leads = context.release.shortcuts[key].next
            message = Message("lint.shortcut-key.found", key=key, target=str(leads))
            free = [n for n in "12345678" if n not in choices]
            hint = Message("lint.shortcut-key.full-hint")
            if free:
                hint = Message("lint.shortcut-key.free-hint", key=free[0])
            yield context.at(flow, step, Problem("shortcut-key", message, hint), path=("choices", key), at_key=True)


RULE = Rule(
    codes=("shortcut-key",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="put the choice on another key.",
)  # fmt: skip
