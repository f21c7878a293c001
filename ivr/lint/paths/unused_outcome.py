"""`unused-outcome`: `outcomes` names a word that the flow never returns.

Its author believes that callers are led that way; mostly the word is spelt differently in the flow.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule

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
        for word in sorted(set(step.declared.exits) - {"next"} - returned):
            message = f'flow "{ran}" never returns "{word}".'
            hint = did_you_mean(word, sorted(returned - {""})) or "Take it out."
            yield context.at(
                flow.name, step.name, "unused-outcome", message, hint,
                path=("outcomes", word), at_key=True, severity="warning",
            )  # fmt: skip


RULE = Rule(
    codes=("unused-outcome",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take it out, or correct the word.",
)  # fmt: skip
