"""`unknown-hours`: a step, destination or clock names hours that hotline.yaml does not have.

The caller is told that the desk is closed, whatever the time. A clock counts day and night.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.errors import Finding, Problem
from ivr.flow.clock_fields import OpenTimeFields
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import there_are
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
desk:
  hours: agent
  open: second
  closed: goodbye
second:
  hours: weekend
  open: goodbye
  closed: goodbye
"""
PASSES = """\
desk:
  hours: agents
  open: goodbye
  closed: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Names of hours against those there are."""
    known = context.hotline.hours
    for parsed, path, name in context.referred("hours"):
        if name not in known:
            message = Message("lint.unknown-hours.found", name=name)
            yield parsed.source.finding(path, Problem("unknown-hours", message, _hint(name, known)))
    for name, destination in context.hotline.destinations.items():
        if destination.hours and destination.hours not in known:
            message = Message("lint.unknown-hours.found", name=destination.hours)
            path = ("destinations", name, "hours")
            yield context.source.finding(path, Problem("unknown-hours", message, _hint(destination.hours, known)))
    for path, clock in context.clocks():
        if isinstance(clock, OpenTimeFields) and clock.hours and clock.hours not in known:
            message = Message("lint.unknown-hours.found", name=clock.hours)
            yield context.source.finding((*path, "hours"), Problem("unknown-hours", message, _hint(clock.hours, known)))


def _hint(name: str, known: Mapping[str, object]) -> str:
    return did_you_mean(name, known) or there_are(known)


RULE = Rule(
    codes=("unknown-hours",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or add the hours.",
)  # fmt: skip
