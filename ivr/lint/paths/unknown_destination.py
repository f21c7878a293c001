"""`unknown-destination`: a transfer names a destination that hotline.yaml does not have.

The caller would be told to hold, and nobody would be rung.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule

FAILS = """\
desk:
  transfer: agent
  otherwise: second
second:
  transfer: card_desk
  otherwise: goodbye
"""
PASSES = """\
desk:
  transfer: agents
  otherwise: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Transfers against the destinations there are."""
    known = context.hotline.destinations
    for flow, step in context.steps():
        if "transfer outcome" in step.declared.inputs:
            name = context.data(flow.name, step.name)[step.kind]
            if name not in known:
                message = f'there is no destination "{name}" in hotline.yaml.'
                listed = f"There are {', '.join(known)}." if known else "There are none yet."
                hint = did_you_mean(name, known) or listed
                yield context.at(flow.name, step.name, "unknown-destination", message, hint, path=(step.kind,))


RULE = Rule(
    codes=("unknown-destination",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or add the destination.",
)  # fmt: skip
