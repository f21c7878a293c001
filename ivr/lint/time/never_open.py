"""`never-open`: opening hours have no open time at all.

Every caller is told that the desk is closed, and clocks that count open time never run out.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
hours:
  agents: {open: {mon-fri: closed, sat-sun: closed}}
  branch: {open: {sun: closed}, open_on: [2026-10-01]}
"""
PASSES = """\
hours:
  agents: {open: {mon-fri: 08:30-20:00, sat-sun: closed}, holidays: CN}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Weeks without a single span; a day opened by its date keeps Monday's hours, and so has none either."""
    for name, hours in context.release.hours.items():
        if not any(hours.open.values()):
            message = Message("lint.never-open.found", name=name)
            hint = Message("lint.never-open.hint")
            yield context.source.finding(("hours", name), Problem("never-open", message, hint, "warning"), at_key=True)


RULE = Rule(
    codes=("never-open",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="write the days and times when somebody is there.",
)  # fmt: skip
