"""`same-choice`: two choices of a menu have one name (`is`, else the label in the first language).

One name has one exit, and one row in the figures. Choices that are offered in different languages may have one name:
they are one choice with a key and words for each language, and lead one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message

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
    """Names within each menu; in different languages they are one choice, if they lead one way."""
    for flow, step, data, choices in menus_of(context):
        earlier: dict[str, list[str]] = {}
        exits = context.exits_by_key(flow, step)
        for key, choice in choices.items():
            name = exits[key]
            for other in earlier.setdefault(name, []):
                if clash := _clash(context, data, choices[other], choice):
                    message = Message(clash, first=other, second=key, name=name)
                    hint = Message("lint.same-choice.hint")
                    yield context.at(
                        flow, step, Problem("same-choice", message, hint), path=("choices", key), at_key=True
                    )
                    break
            earlier[name].append(key)


def _clash(context: LintContext, data: Mapping[str, Any], one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Why two choices may not have one name: the code of the sentence, or nothing."""
    languages = [set(choice.get("languages", context.languages)) for choice in (one, other)]
    if languages[0] & languages[1]:
        return "lint.same-choice.one-way"
    leads = [choice.get("next", data.get("next")) for choice in (one, other)]
    return "" if leads[0] == leads[1] else "lint.same-choice.two-ways"


RULE = Rule(
    codes=("same-choice",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="give one of them another `is`, or another label.",
)  # fmt: skip
