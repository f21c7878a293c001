"""`open-and-closed`: a date is listed under both `open_on` and `closed_on`.

One of the two is a mistake. The day counts as open, and callers may come when nobody is there.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
hours:
  agents:
    open: {mon-fri: 08:30-20:00}
    closed_on: [2026-10-01, 2026-10-02, 2026-10-03]
    open_on: [2026-10-02, 2026-10-03]
"""
PASSES = """\
hours:
  agents:
    open: {mon-fri: 08:30-20:00}
    closed_on: [2026-10-01, 2026-10-02]
    open_on: [2026-10-03]
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The single dates of all opening hours."""
    for name, hours in context.hotline.hours.items():
        for n, day in enumerate(hours.closed_on):
            if day in hours.open_on:
                message = Message("lint.open-and-closed.found", day=str(day))
                hint = Message("lint.open-and-closed.hint")
                path = ("hours", name, "closed_on", n)
                yield context.source.finding(path, Problem("open-and-closed", message, hint, "warning"))


RULE = Rule(
    codes=("open-and-closed",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="delete one of the two.",
)  # fmt: skip
