"""`days-do-not-pause`: a clock of days is to pause, and only a time within opening hours can.

A rule that counts days has the customer wait so many days, whoever is waited for in between; nor could half a day be
given back. Such a case is extended instead: somebody approves it, and the customer is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
clocks:
  house: {days: 10, of: workdays, pauses: yes}
  letters: {days: 30, pauses: yes}
"""
PASSES = """\
clocks:
  house: {days: 10, of: workdays, then: [20]}
cases:
  complaint: {clock: house}
  callback: {clock: {within: 16h, hours: agents, pauses: yes}}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The clocks of the house's own."""
    for name, clock in context.hotline.clocks.items():
        if clock.pauses:
            message = Message("clock.days-do-not-pause", clock=name)
            hint = Message("clock.days-do-not-pause-hint", longer=2 * clock.days)
            path = ("clocks", name, "pauses")
            yield context.source.finding(path, Problem("days-do-not-pause", message, hint), at_key=True)


RULE = Rule(
    codes=("days-do-not-pause",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take `pauses` out, and give the clock a longer time under `then`.",
)  # fmt: skip
