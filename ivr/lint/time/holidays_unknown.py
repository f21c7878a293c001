"""`holidays-unknown`: the next month reaches into a year whose days off the calendar does not know yet.

China announces each November which weekends of the coming year are worked. Until the library of holidays knows them,
desks are told open when they are closed, and deadlines in workdays fall on the wrong day. Bring the library up to date;
until there is a new one, give opening hours the days of that year under `closed_on` and `open_on`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ivr.calendar.workdays import announced
from ivr.case.clock import DayClock, parse
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

AHEAD = timedelta(days=31)
FAILS = """\
country: CN
cases:
  inquiry: {clock: three-workdays}
hours:
  agents: {open: {mon-fri: 08:30-20:00}, holidays: CN}
  cards: {open: {mon-sun: 08:30-20:00}, holidays: CN}
"""
PASSES = """\
country: GB-ENG
calls_to: [GB, CN]
cases:
  complaint: {clock: three-workdays}
  callback: {clock: {within: 2h, hours: agents}}
hours:
  agents: {open: {mon-fri: 08:30-20:00}, holidays: GB-ENG}
  cards: {open: {mon-sun: 00:00-24:00}}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The years from today to a month ahead, for each calendar of holidays in use."""
    today = context.today
    assert today is not None, "a dated rule is not tried without a day"
    for year in sorted({today.year, (today + AHEAD).year}):
        for name, hours in context.hotline.hours.items():
            own = {day.year for day in (*hours.closed_on, *hours.open_on)}
            if hours.holidays and year not in own and not announced(hours.holidays, year):
                message = Message("lint.holidays-unknown.found", year=year, country=hours.holidays)
                hint = Message("lint.holidays-unknown.hint", year=year)
                path = ("hours", name, "holidays")
                yield context.source.finding(path, Problem("holidays-unknown", message, hint, "warning"))
        country = context.hotline.country
        if _in_workdays(context) and country and not announced(country, year):
            said = Message("clock.workdays-unknown", year=str(year), country=country)
            problem = Problem("holidays-unknown", said, Message("clock.workdays-unknown-hint"), "warning")
            yield context.source.finding(("country",), problem)


def _in_workdays(context: LintContext) -> bool:
    """Whether any clock counts the workdays of the country."""
    rules = (parse(clock, context.release.clocks) for _, clock in context.clocks() if isinstance(clock, str))
    return any(isinstance(rule, DayClock) and rule.of == "workdays" for rule in rules)


RULE = Rule(
    codes=("holidays-unknown",), severity="warning", profile="live", dated=True, page=__doc__, fails=FAILS,
    passes=PASSES, check=check,
    fix="bring the library `holidays` up to date, or give the days under `closed_on` and `open_on`.",
)  # fmt: skip
