"""`unclear-not-said`: after speech that was not understood a caller hears the words for a wrong key.

"That is not one of the choices" is untrue for somebody who named a choice and was not heard well: they look for
another one instead of saying it again. `no_match` has words of their own for speech, under `unclear`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
defaults:
  no_match:
    tries: 3
    say:
      - {zh-CN: 抱歉，没有这个选项。, en-US: "Sorry, that is not one of the choices."}
    next: flow agent
  no_input: {tries: 2, next: goodbye}
  confirm: {zh-CN: "{value}，对吗？", en-US: "{value}. Is that right?"}
  consent: {zh-CN: 可以录音吗？, en-US: May we record?}
  connecting: {zh-CN: 请稍候。, en-US: Please hold.}
---
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  menu:
    menu: {zh-CN: 请选择。, en-US: Please choose.}
    choices:
      1: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
    no_match: {tries: 2, say: [{zh-CN: 请按1。, en-US: Please press 1.}], next: flow agent}
"""
PASSES = """\
defaults:
  no_match:
    tries: 3
    say:
      - {zh-CN: 抱歉，没有这个选项。, en-US: "Sorry, that is not one of the choices."}
    unclear:
      - {zh-CN: 抱歉，没有听清，请再说一遍。, en-US: "Sorry, we did not catch that. Please say it again."}
    next: flow agent
  no_input: {tries: 2, next: goodbye}
  confirm: {zh-CN: "{value}，对吗？", en-US: "{value}. Is that right?"}
  consent: {zh-CN: 可以录音吗？, en-US: May we record?}
  connecting: {zh-CN: 请稍候。, en-US: Please hold.}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Each question that listens, at the words it says: the hotline's once for all that inherit them."""
    inherited = False
    for flow, step in context.steps():
        listening = step.declared.listening
        if listening is None or not listening.speech:
            continue
        give_up = listening.no_match
        if give_up.unclear or not give_up.say or give_up.tries < 2:
            continue
        own = context.data(flow.name, step.name).get("no_match")
        if not isinstance(own, dict) or "say" not in own:
            inherited = True
            continue
        yield context.at(flow.name, step.name, _problem("lint.unclear-not-said.here"), path=("no_match", "say"))
    if inherited:
        yield context.source.finding(
            ("defaults", "no_match", "say"), _problem("lint.unclear-not-said.all"), at_key=True
        )


def _problem(code: str) -> Problem:
    return Problem("unclear-not-said", Message(code), Message("lint.unclear-not-said.hint"), "warning")


RULE = Rule(
    codes=("unclear-not-said",), severity="warning", profile="live", page=__doc__, fails=FAILS,
    passes=PASSES, check=check, fix="say under `unclear` that they were not understood, and ask them to say it again.",
)  # fmt: skip
