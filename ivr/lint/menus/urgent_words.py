"""`urgent-words`: `urgent: yes` makes no difference, or too much.

The words of urgent choices are tried before the shortcuts and before all other choices, so that "my card is stolen, get
me an agent" is a stolen card. That needs words beside the label, and a question that listens; and where every choice is
urgent, none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import MenuAt, menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, urgent: yes, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, urgent: yes, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1:
      label: {zh-CN: 挂失, en-US: a lost card}
      urgent: yes
      words: {zh-CN: [卡/存折 + 丢/不见], en-US: [lost/stolen + card/wallet]}
      next: goodbye
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The urgent choices of each menu."""
    for menu in menus_of(context):
        for key, message, hint in _found(context, menu):
            problem = Problem("urgent-words", message, hint, "warning")
            yield context.at(menu.flow, menu.step, problem, path=("choices", key, "urgent"))


def _found(context: LintContext, menu: MenuAt) -> Iterator[tuple[str, Message, Message]]:
    urgent = [key for key, choice in menu.choices.items() if choice.get("urgent") == "yes"]
    listening = context.release.flows[menu.flow].steps[menu.step].declared.listening
    for key in urgent:
        if listening is not None and not listening.speech:
            yield key, Message("lint.urgent-words.unheard", key=key), Message("lint.urgent-words.unheard-hint")
        elif not menu.choices[key].get("words"):
            yield key, Message("lint.urgent-words.none", key=key), Message("lint.urgent-words.none-hint")
    if len(urgent) == len(menu.choices) > 1:
        yield urgent[0], Message("lint.urgent-words.all"), Message("lint.urgent-words.all-hint")


RULE = Rule(
    codes=("urgent-words",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="give it words, and let only what cannot wait be urgent.",
)  # fmt: skip
