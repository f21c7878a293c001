"""`far-from-person`: a caller has to answer more than three questions before a person is rung, or never reaches one.

The old, the hurried and those whom no menu fits need somebody to talk to; China's notice of March 2021 on the elderly
asks for one key or one word to a person. A hotline that has no `destinations`, or waives `a person`, is left alone,
and so is a line that only says that it is down, and asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.exit_moves import ExitMoves, every_answer
from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

MOST = 3
FAILS = """\
numbers: {"+862155500000": main}
shortcuts: {}
defaults:
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 2, next: goodbye}
  confirm: {zh-CN: "{value}，对吗？", en-US: "{value}. Is that right?"}
  consent: {zh-CN: 可以录音吗？, en-US: May we record?}
  connecting: {zh-CN: 请稍候。, en-US: Please hold.}
limits: {next: goodbye}
"""
PASSES = """\
shortcuts:
  0: {next: flow agent, label: {zh-CN: 人工, en-US: a person}, announce: yes}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """From every number, the fewest answers until somebody is rung."""
    waived = context.hotline.waive.get("a person", {})
    if not context.hotline.destinations or isinstance(waived, str) or not context.complete:
        return
    moves = ExitMoves(context.transitions)
    for path, name in context.incoming_at():
        flow = context.release.flows.get(name)
        if flow is None or name in waived or moves.cheapest(StepKey(name, flow.first), _asks, every_answer) is None:
            continue
        way = moves.cheapest(StepKey(name, flow.first), _rings, every_answer)
        if way is None:
            message = Message("lint.far-from-person.none", flow=name)
        elif len(way) > MOST:
            questions = " > ".join(step for _, step in way)
            message = Message("lint.far-from-person.far", flow=name, n=len(way), most=MOST, way=questions)
        else:
            continue
        hint = Message("lint.far-from-person.hint")
        yield context.source.finding(path, Problem("far-from-person", message, hint, "warning"))


def _asks(step: Step, flow: Flow) -> bool:
    return asks(step)


def _rings(step: Step, flow: Flow) -> bool:
    return "transfer outcome" in step.declared.inputs


RULE = Rule(
    codes=("far-from-person",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="lead a shortcut to a flow with a `transfer`.",
)  # fmt: skip
