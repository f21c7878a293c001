"""`days-past`: all days that opening hours list by date have been over for a year.

`closed_on` and `open_on` name single days, each once. A list of years ago does nothing this year: whoever relies on it
sends callers to a desk that is closed. Write this year's days, or delete the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
hours:
  agents:
    open: {mon-fri: 08:30-20:00}
    closed_on: [2019-10-01, 2019-10-02]
    open_on: [2019-09-29]
"""
PASSES = """\
hours:
  agents:
    open: {mon-fri: 08:30-20:00}
    closed_on: [2019-10-01, 2099-10-01]
"""


A_YEAR = timedelta(days=366)


def check(context: LintContext) -> Iterable[Finding]:
    """Each list whose last day lies before today."""
    today = context.today
    assert today is not None, "a dated rule is not tried without a day"
    for name, hours in context.hotline.hours.items():
        for key, days in (("closed_on", hours.closed_on), ("open_on", hours.open_on)):
            if days and max(days) < today - A_YEAR:
                found = Message("lint.days-past.found", name=name, key=key, day=str(max(days)))
                problem = Problem("days-past", found, Message("lint.days-past.hint"), "warning")
                yield context.source.finding(("hours", name, key), problem)


RULE = Rule(
    codes=("days-past",), severity="warning", profile="live", dated=True, page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="write this year's days, or delete the list.",
)  # fmt: skip
