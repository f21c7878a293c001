"""`flow-needs-run`: a step that asks nothing leads to `flow NAME`, which comes back to it.

The caller hears the same words over and over. When a flow returns, the step before it is taken again: a question is
asked again, and a step that asks nothing goes straight into the flow again.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
known:
  branch:
    - {when: {product: card}, next: thanks}
    - {next: flow contact}
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: flow contact
"""
PASSES = """\
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: reach
reach:
  run: contact
  outcomes: {none: goodbye}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Exits of statements into flows that return."""
    for home, step in context.steps():
        for exit in () if asks(step) else context.transitions.exits(StepKey(home.name, step.name)):
            if exit.leads == "flow" and exit.to and not exit.guessed and context.reach.returns(exit.to.flow):
                message = Message("lint.flow-needs-run.found", step=step.name, flow=exit.to.flow)
                path = context.exit_path(home.name, step, exit.exit) or ()
                hint = Message("lint.flow-needs-run.hint", flow=exit.to.flow)
                yield context.at(home.name, step.name, Problem("flow-needs-run", message, hint), path=path)


RULE = Rule(
    codes=("flow-needs-run",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="use a step with `run`, whose `next` says where to go on.",
)  # fmt: skip
