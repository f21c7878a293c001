"""`missing-value`: a `run` does not hand over a value that its flow takes.

The flow speaks or tests a value that it does not have.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
first:
  run: about
  next: again
again:
  run: about
  with: [phone]
  next: goodbye
"""
PASSES = """\
first:
  run: about
  with: [product]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """What each flow takes against what its `run` hands over."""
    for flow, step in context.steps():
        ran = context.release.flows.get(step.declared.runs)
        given = context.data(flow.name, step.name).get("with", {}) if ran is not None else ()
        for name in sorted(set(ran.takes) - set(given)) if ran is not None else ():
            message = Message("lint.missing-value.found", flow=step.declared.runs, name=name)
            hint = Message("lint.missing-value.hint", name=name)
            yield context.at(flow.name, step.name, Problem("missing-value", message, hint), path=(step.kind.name,))


RULE = Rule(
    codes=("missing-value",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add `with: [product]`.",
)  # fmt: skip
