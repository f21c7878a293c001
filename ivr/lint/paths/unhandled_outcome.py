"""`unhandled-outcome`: a `run` does not say where a word that its flow returns leads, or has no `next` for a return.

A caller who left no number, for example, is led on as if they had. A caller whose flow returns without a word is cut
off. A `run` of a flow that never returns needs neither.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
reach:
  run: contact
  next: again
again:
  run: contact
  outcomes: {no: goodbye}
  next: goodbye
"""
PASSES = """\
reach:
  run: contact
  outcomes: {none: goodbye}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The words a flow may return against those its `run` names."""
    for flow, step in context.steps():
        ran = step.declared.runs
        if ran not in context.release.flows:
            continue
        returned = context.reach.returns(ran)
        if "" in returned and "next" not in step.declared.exits:
            message = Message("lint.unhandled-outcome.returns", flow=ran)
            hint = Message("lint.unhandled-outcome.returns-hint")
            yield context.at(flow.name, step.name, Problem("unhandled-outcome", message, hint), path=(step.kind.name,))
        for word in sorted(returned - {"", *step.declared.exits}):
            message = Message("lint.unhandled-outcome.word", flow=ran, word=word)
            hint = Message("lint.unhandled-outcome.word-hint", word=word)
            yield context.at(flow.name, step.name, Problem("unhandled-outcome", message, hint), path=(step.kind.name,))


RULE = Rule(
    codes=("unhandled-outcome",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add `outcomes: {none: STEP}`, or `next: STEP`.",
)  # fmt: skip
