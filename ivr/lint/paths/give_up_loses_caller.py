"""`give-up-loses-caller`: `no_match` leads to goodbye, where another answer opens a case or rings a person.

The caller answered, and so wanted something. Nothing of them is on record by then, and nobody learns of the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.analysis.known import A_CASE, Known
from ivr.analysis.transitions import Transitions, asks
from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import GIVE_UPS, Step

FAILS = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  offer:
    yes_no: {zh-CN: 需要我们给您回电吗？, en-US: Shall we call you back?}
    yes: contact
    no: talk
    no_match: {tries: 2, next: goodbye}
  talk:
    yes_no: {zh-CN: 要转人工吗？, en-US: Shall we put you through?}
    yes: desk
    no: goodbye
    no_match: {tries: 2, next: goodbye}
  desk: {transfer: agents, otherwise: contact}
  contact:
    run: contact
    outcomes: {none: goodbye}
    next: book
  book:
    case: callback
    with: [phone]
    next: goodbye
"""
PASSES = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  offer:
    yes_no: {zh-CN: 需要我们给您回电吗？, en-US: Shall we call you back?}
    yes: contact
    no: talk
    no_match: {tries: 2, next: contact}
  talk:
    yes_no: {zh-CN: 要转人工吗？, en-US: Shall we put you through?}
    yes: desk
    no: goodbye
    no_match: {tries: 2, next: desk}
  desk: {transfer: agents, otherwise: contact}
  contact:
    run: contact
    outcomes: {none: goodbye}
    next: book
  book:
    case: callback
    with: [phone]
    next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Questions whose no-match ends the call, and that a call can come to without a case. Entries and messages
    are left out: what they ask for is missing then."""
    transitions, known = context.transitions, Known(context.transitions)
    for flow, step in context.steps():
        key = StepKey(flow.name, step.name)
        takes = step.declared.entry is not None or step.declared.message > 0
        if not asks(step) or takes or A_CASE in known.before.get(key, frozenset({A_CASE})):
            continue
        others = [exit.to for exit in transitions.exits(key) if exit.exit not in GIVE_UPS and exit.to is not None]
        if _ends(transitions, key) and any(_is_wanted(transitions, to) for to in others):
            message = Message("lint.give-up-loses-caller.found", step=step.name)
            hint = Message("lint.give-up-loses-caller.hint")
            problem = Problem("give-up-loses-caller", message, hint, "warning")
            yield context.at(flow.name, step.name, problem, path=context.exit_path(flow.name, step, "no_match") or ())


def _ends(transitions: Transitions, key: StepKey) -> bool:
    """Whether the no-match leads to the end by statements alone, without a case or a person on the way."""
    exits = [exit for exit in transitions.exits(key) if exit.exit == "no_match"]
    seen = {key}
    while exits:
        exit = exits.pop()
        if exit.leads == "end":
            return True
        if exit.leads != "step" or exit.to is None or exit.to in seen:
            continue
        seen.add(exit.to)
        step = transitions.step(exit.to)
        if asks(step) or step.declared.runs or _serves(step):
            continue
        if not step.declared.exits:
            return True  # its last words
        exits += transitions.exits(exit.to)
    return False


def _is_wanted(transitions: Transitions, first: StepKey) -> bool:
    """Whether a case or a person stands on the way that an answer opens, before its next choice."""
    ahead, seen = [first], {first}
    while ahead:
        key = ahead.pop()
        step = transitions.step(key)
        if _serves(step):
            return True
        if step.kind.steers:
            continue
        for to in _onward(transitions, key):
            if to not in seen:
                seen.add(to)
                ahead.append(to)
    return False


def _onward(transitions: Transitions, key: StepKey) -> Iterator[StepKey]:
    yield from (exit.to for exit in transitions.exits(key) if exit.leads == "step" and exit.to is not None)


def _serves(step: Step) -> bool:
    return step.declared.case is not None or "transfer outcome" in step.declared.inputs


RULE = Rule(
    codes=("give-up-loses-caller",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="lead `no_match` to a step with a case, to a transfer, or to `flow agent`.",
)  # fmt: skip
