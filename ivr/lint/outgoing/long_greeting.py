"""`long-greeting`: whoever answers a call of ours hears more than 20 seconds before the first question is over.

People who are phoned hang up on a voice that goes on, and take it for a swindle. What leads to the first question is
counted: the house's `name`, what is said on the way, and the question without its choices.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, Release, StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.lint.spoken_length import seconds_of
from ivr.messages.message import Message

LONGEST = 20
FAILS = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  about:
    say:
      zh-CN: >-
        为了不断改进我们的服务，更好地了解每一位客户的想法和需要，也为了让今后的每一次来电都能得到及时周到的答复，
        我们正在邀请部分客户参加一次简短的电话调查，您的意见对我们非常重要。
      en-US: >-
        We are always trying to make our service better and to understand what each of our customers thinks and needs,
        and so that every call is answered quickly and well we are asking some of our customers to take part in a short
        survey by telephone. Your opinion matters to us.
    next: ask
  ask: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""
PASSES = """\
outgoing:
  rate: {name: {zh-CN: 这里是银行。, en-US: This is the bank.}, from: "+862155500000"}
---
flow: rate
title: {zh-CN: 评价, en-US: Rating}
steps:
  ask: {yes_no: {zh-CN: 您对我们满意吗？, en-US: Are you content with us?}, yes: kept, no: refused}
  kept: {follow_up: accepted, next: goodbye}
  refused: {follow_up: not_accepted, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The seconds until the first question is asked, in each language."""
    release = context.release
    for name, placed in release.outgoing.items():
        flow = release.flows.get(name)
        if flow is None:
            continue
        for tag in context.languages:
            seconds = _seconds(release, placed.name, tag) + _longest(context, flow, tag, flow.first, frozenset())
            if seconds > LONGEST:
                message = Message("lint.long-greeting.found", language=tag, seconds=round(seconds), most=LONGEST)
                problem = Problem("long-greeting", message, Message("lint.long-greeting.hint"), "warning")
                yield context.at(name, flow.first, problem)
                break


def _longest(context: LintContext, flow: Flow, tag: str, step: str, passed: frozenset[str]) -> float:
    """The seconds from a step until the first question is asked, by the longest way."""
    declared = flow.steps[step].declared
    if (asked := declared.listening) is not None:
        return _seconds(context.release, asked.prompt, tag)
    said = _seconds(context.release, declared.says, tag)
    on = context.transitions.exits(StepKey(flow.name, step))
    ahead = {by.to.step for by in on if by.leads == "step" and by.to is not None} - passed - {step}
    ways = (_longest(context, flow, tag, each, passed | {step}) for each in sorted(ahead))
    return said + max(ways, default=0.0)


def _seconds(release: Release, prompt: str, tag: str) -> float:
    parts = release.prompts[prompt].parts.get(tag, ()) if prompt else ()
    return seconds_of("".join(part if isinstance(part, str) else "{value}" for part in parts))


RULE = Rule(
    codes=("long-greeting",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="say who phones, ask, and explain behind their yes.",
)  # fmt: skip
