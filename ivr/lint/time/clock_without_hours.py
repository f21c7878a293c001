"""`clock-without-hours`: a clock counts opening time, and does not say whose.

A promise of two hours made at ten in the evening is then due at midnight, when nobody works. Name the hours: those of
the people who answer, or hours that never close for what cannot wait, such as a lost card. The clock `two-hours-open`
of the first version was such a one, and is gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.case.clock import WITHOUT_HOURS
from ivr.errors import Finding, Problem
from ivr.flow.clock_fields import OpenTimeFields
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.misspelt import inside

FAILS = """\
cases:
  complaint: {clock: cn-2020}
  callback: {clock: {within: 2h}}
  inquiry: {clock: two-hours-open}
"""
PASSES = """\
hours:
  agents: {open: {mon-fri: 08:30-20:00}, holidays: CN}
  always: {open: {mon-sun: 00:00-24:00}}
cases:
  complaint: {clock: cn-2020}
  callback: {clock: {within: 2h, hours: agents}, urgent: {within: 2h, hours: always}}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The clocks of all kinds of cases, and of their priorities."""
    for path, clock in context.clocks():
        if clock == WITHOUT_HOURS or (isinstance(clock, OpenTimeFields) and not clock.hours):
            time = inside(context.source.data, (*path, "within")) if isinstance(clock, OpenTimeFields) else "2h"
            hours = next(iter(context.hotline.hours), "HOURS")
            message = Message("lint.clock-without-hours.found")
            if clock == WITHOUT_HOURS:
                message = Message("clock.without-hours-gone", clock=clock)
            hint = Message("lint.clock-without-hours.hint", time=time, hours=hours)
            yield context.source.finding(path, Problem("clock-without-hours", message, hint))


RULE = Rule(
    codes=("clock-without-hours",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="`clock: {within: 2h, hours: agents}`.",
)  # fmt: skip
