"""`hours-reversed`: hours run over midnight for most of a day.

A span whose end is not after its beginning is a night's, such as 20:00-08:30. From 17:00 to 09:00 is sixteen hours of a
night, and mostly a day's hours written the wrong way round: callers are then told by day that nobody is there. Where
the night is meant, write it as two spans, such as `mon-fri: 00:00-09:00, 17:00-24:00`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.calendar.week import DAY, WeekInvalid, parse_week, shown
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
hours:
  agents: {open: {mon-fri: 17:00-09:00, sat: "08:00-12:00, 20:00-10:30"}}
"""
PASSES = """\
hours:
  agents: {open: {mon-fri: 09:00-17:00}}
  night: {open: {mon-fri: 20:00-08:30}}
  unattended: {open: {mon-fri: "00:00-09:00, 17:00-24:00"}}
"""
LONGEST_NIGHT = 14 * 60
"""Minutes. The night of a desk that opens at nine and closes at seven in the evening."""


def check(context: LintContext) -> Iterable[Finding]:
    """Every line of opening hours."""
    for name, hours in context.hotline.hours.items():
        for days, text in hours.open.items():
            for start, end in _spans(days, text):
                if end > DAY and end - start > LONGEST_NIGHT:
                    written, meant = shown((start, end)), shown((end - DAY, start))
                    found = Message("lint.hours-reversed.found", name=name, written=written, hours=(end - start) // 60)
                    hint = Message("lint.hours-reversed.hint", meant=meant)
                    path = ("hours", name, "open", days)
                    yield context.source.finding(path, Problem("hours-reversed", found, hint, "warning"))


def _spans(days: str, text: str) -> Iterable[tuple[int, int]]:
    """The spans of a line, each once; a line that cannot be read is an error of its own."""
    try:
        return sorted({span for spans in parse_week({days: text}).values() for span in spans})
    except WeekInvalid:
        return ()


RULE = Rule(
    codes=("hours-reversed",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write the hours of the day, or a night in two spans.",
)  # fmt: skip
