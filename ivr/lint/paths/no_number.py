"""`no-number`: a destination has neither `number` nor `sip`.

Nobody can be rung there: every transfer to it fails.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
destinations:
  agents: {hours: agents}
  card_desk: {ring: 30s}
"""
PASSES = """\
destinations:
  agents: {number: "+862155500100", hours: agents}
  card_desk: {sip: "sip:cards@bank.example", ring: 30s}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Destinations without an address."""
    for name, destination in context.hotline.destinations.items():
        if not destination.number and not destination.sip:
            message = Message("lint.no-number.found", name=name)
            hint = Message("lint.no-number.hint")
            yield context.source.finding(("destinations", name), Problem("no-number", message, hint), at_key=True)


RULE = Rule(
    codes=("no-number",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add `number` or `sip`.",
)  # fmt: skip
