"""`run-cycle`: flows run each other in a cycle.

Such a call never ends: each flow waits for the other to return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  again: {run: main, next: other}
  other: {run: second, next: goodbye}
---
flow: second
title: {zh-CN: 第二, en-US: Second}
steps:
  back: {run: main, next: return}
"""
PASSES = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  other: {run: second, next: goodbye}
---
flow: second
title: {zh-CN: 第二, en-US: Second}
steps:
  more:
    yes_no: {zh-CN: 从头再来？, en-US: From the beginning?}
    yes: flow main
    no: return
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every `run` from which a way of runs leads back to its own flow."""
    runs = context.transitions.runs()
    for name, ran in runs.items():
        for other, step_name in ran.items():
            cycle = _way(runs, other, name)
            if cycle:
                message = Message("lint.run-cycle.found", way=" > ".join([name, *cycle]))
                hint = Message("lint.run-cycle.hint", flow=other)
                at = (context.release.flows[name].steps[step_name].kind.name,)
                yield context.at(name, step_name, Problem("run-cycle", message, hint), path=at)


def _way(runs: Mapping[str, Mapping[str, str]], start: str, goal: str) -> list[str]:
    """A shortest way by runs from one flow to another, both named; empty where there is none."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        ways += [[*way, ran] for ran in runs[way[-1]] if ran not in seen]
        seen |= set(runs[way[-1]])
    return []


RULE = Rule(
    codes=("run-cycle",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="leave the cycle with `flow NAME` from a question, or with `return`.",
)  # fmt: skip
