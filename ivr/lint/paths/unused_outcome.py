"""`unused-outcome`: `outcomes` names a word that the flow never returns, or a `next` is never taken.

Its author believes that callers are led that way; mostly the word is spelt differently in the flow. A `next` is never
taken where the flow never returns, or only by words that have an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.analysis.transitions import exit_of
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, StepKey
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import delete
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

FAILS = """\
first:
  run: about
  with: [product]
  outcomes: {refused: goodbye, bored: goodbye}
  next: goodbye
"""
PASSES = """\
first:
  run: about
  with: [product]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The words a `run` names against those its flow may return."""
    for flow, step in context.steps():
        ran = step.declared.runs
        if ran not in context.release.flows:
            continue
        returned = context.reach.returns(ran)
        yield from _next(context, flow, step, returned)
        for word in sorted(set(step.declared.exits) - {"next"} - returned):
            message = Message("lint.unused-outcome.word", flow=ran, word=word)
            hint = did_you_mean(word, sorted(returned - {""})) or delete()
            yield context.at(
                flow.name,
                step.name,
                Problem("unused-outcome", message, hint, "warning"),
                path=("outcomes", word),
                at_key=True,
            )


def _next(context: LintContext, flow: Flow, step: Step, returned: set[str]) -> Iterator[Finding]:
    """A `next` that nothing leads to; a flow with an unknown target may return by what was meant there."""
    ran = step.declared.runs
    if not context.complete or "next" not in step.declared.exits:
        return
    if any(exit_of(step, word) == "next" for word in returned):
        return
    reached = (StepKey(ran, name) for name in context.reach.steps[ran])
    if any(exit.leads == "unknown" for key in reached for exit in context.transitions.exits(key)):
        return
    code = "lint.unused-outcome.next-of-words" if returned else "lint.unused-outcome.next-of-none"
    yield context.at(
        flow.name,
        step.name,
        Problem("unused-outcome", Message(code, flow=ran), delete(), "warning"),
        path=("next",),
        at_key=True,
    )


RULE = Rule(
    codes=("unused-outcome",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="delete it, or correct the word.",
)  # fmt: skip
