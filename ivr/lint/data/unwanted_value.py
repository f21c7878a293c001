"""`unwanted-value`: a `run` hands over a value that its flow does not take.

The flow does not see it: mostly its name is misspelt, and then the right one is missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
first:
  run: about
  with: [product, phone]
  next: again
again:
  run: about
  with: {product: {product}, prodct: card}
  next: goodbye
"""
PASSES = """\
first:
  run: about
  with: [product]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """What each `run` hands over against what its flow takes."""
    for flow, step in context.steps():
        ran = context.release.flows.get(step.declared.runs)
        if ran is None:
            continue
        given = context.data(flow.name, step.name).get("with", {})
        for name in sorted(set(given) - set(ran.takes)):
            message = Message("lint.unwanted-value.found", flow=ran.name, name=name)
            hint = did_you_mean(name, ran.takes) or Message("lint.unwanted-value.hint", flow=ran.name)
            yield context.at(
                flow.name,
                step.name,
                Problem("unwanted-value", message, hint, "warning"),
                at_key=True,
                path=("with", name) if isinstance(given, dict) else ("with", given.index(name)),
            )


RULE = Rule(
    codes=("unwanted-value",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="delete it, or add it to the flow's `takes`.",
)  # fmt: skip
