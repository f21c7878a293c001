"""`minute-before-midnight`: hours end at 23:59, a minute before the day does.

Whoever calls in that minute hears that the desk is closed, and open time loses it every day. A day ends at 24:00, and a
night may run over midnight, such as 20:00-08:30.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
hours:
  agents: {open: {mon-fri: 08:30-20:00}}
  always: {open: {mon-sun: 00:00-23:59}}
  late: {open: {mon-fri: "08:00-12:00, 20:00-23:59"}}
"""
PASSES = """\
hours:
  agents: {open: {mon-fri: 08:30-20:00}}
  always: {open: {mon-sun: 00:00-24:00}}
  late: {open: {mon-fri: "08:00-12:00, 20:00-24:00"}}
  night: {open: {mon-fri: 20:00-08:30}}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every line of opening hours."""
    for name, hours in context.hotline.hours.items():
        for days, text in hours.open.items():
            if any(part.strip().endswith("-23:59") for part in text.split(",")):
                message = Message("lint.minute-before-midnight.found", name=name)
                hint = Message("lint.minute-before-midnight.hint", hours=text.strip().replace("-23:59", "-24:00"))
                path = ("hours", name, "open", days)
                yield context.source.finding(path, Problem("minute-before-midnight", message, hint, "warning"))


RULE = Rule(
    codes=("minute-before-midnight",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write 24:00.",
)  # fmt: skip
