"""`limit-in-reach`: more steps follow each other without a question than `limits.steps_in_a_turn` allows.

The limit is for cycles. Here steps without a cycle reach it, and the caller is led to `limits.next` in the middle of
the call.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

_STEPS = "".join(f"  told_{n}: {{say: {{zh-CN: 好。, en-US: Right.}}, next: told_{n + 1}}}\n" for n in range(1, 7))
FAILS = f"""\
limits: {{steps_in_a_turn: 5, next: flow agent}}
---
flow: main
title: {{zh-CN: 总入口, en-US: Front door}}
steps:
{_STEPS}\
  told_7: {{say: {{zh-CN: 再见。, en-US: Goodbye.}}, next: goodbye}}
"""
PASSES = FAILS.replace("steps_in_a_turn: 5", "steps_in_a_turn: 50")


def check(context: LintContext) -> Iterable[Finding]:
    """The longest way of statements inside each flow."""
    most = context.release.limits.steps_in_a_turn
    for flow in context.release.flows.values():
        longest = _longest(context, flow)
        begun = max(longest, key=lambda name: longest[name], default="")
        if begun and longest[begun] > most:
            message = Message("lint.limit-in-reach.found", n=longest[begun], step=begun, most=most)
            hint = Message("lint.limit-in-reach.hint")
            yield context.at(flow.name, begun, Problem("limit-in-reach", message, hint, "warning"))


def _longest(context: LintContext, flow: Flow) -> dict[str, int]:
    """By step, the most steps from it on to a question or an end; steps in a cycle are left out: they have a rule."""
    longest: dict[str, int] = {}
    after = {
        name: {
            transition.to.step
            for transition in context.transitions.exits(StepKey(flow.name, name))
            if transition.leads == "step" and transition.to is not None
        }
        for name in flow.steps
    }
    before: dict[str, set[str]] = {}
    for name, nexts in after.items():
        for later in nexts:
            before.setdefault(later, set()).add(name)
    ready = [name for name, step in flow.steps.items() if asks(step) or step.declared.runs or not after[name]]
    left = {name: len(nexts) for name, nexts in after.items()}
    # Invariant: what `longest` says of a step is final; `left` counts, by step, the steps behind it that are not.
    # A step in a cycle never comes to 0.
    while ready:
        name = ready.pop()
        stops = asks(flow.steps[name]) or flow.steps[name].declared.runs
        longest[name] = 0 if stops else 1 + max((longest.get(later, 0) for later in after[name]), default=0)
        for earlier in before.get(name, ()):
            left[earlier] -= 1
            if left[earlier] == 0 and earlier not in longest:
                ready.append(earlier)
    return longest


RULE = Rule(
    codes=("limit-in-reach",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="raise `limits.steps_in_a_turn`, or put prompts together.",
)  # fmt: skip
