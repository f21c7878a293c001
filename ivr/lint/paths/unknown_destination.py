"""`unknown-destination`: a transfer names a destination that hotline.yaml does not have.

The caller is told to hold, and nobody is rung.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import there_are
from ivr.lint.rule import Rule
from ivr.messages.message import Message

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
    for parsed, path, name in context.referred("destinations"):
        if name not in known:
            message = Message("lint.unknown-destination.found", name=name)
            hint = did_you_mean(name, known) or there_are(known)
            yield parsed.source.finding(path, Problem("unknown-destination", message, hint))


RULE = Rule(
    codes=("unknown-destination",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or add the destination.",
)  # fmt: skip
