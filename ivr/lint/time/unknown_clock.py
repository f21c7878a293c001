"""`unknown-clock`: a kind of case has a clock that there is not.

Its cases would be due never, and nobody would look for them. A clock is one that every hotline has, one of your own
under `clocks`, or a time within opening hours. A name under `clocks` that stands for something already names no clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.case.clock import CLOCKS, NONE, WITHOUT_HOURS, Clocks, parse
from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
clocks:
  none: {days: 10, of: workdays}
cases:
  complaint: {clock: cn2020}
  inquiry: {clock: cn-2020+30}
"""
PASSES = """\
clocks:
  house: {days: 10, of: workdays, then: [20], source: "service handbook, page 12"}
cases:
  complaint: {clock: cn-2020}
  inquiry: {clock: house}
  feedback: {clock: none}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The clocks of all kinds of cases and priorities by name; and the names of the house's own."""
    house, known = context.release.clocks, [*CLOCKS, *context.release.clocks, NONE]
    for name in context.hotline.clocks:
        if name == NONE:
            problem = Problem("unknown-clock", Message("clock.named-none"), Message("clock.named-none-hint"))
            yield context.source.finding(("clocks", name), problem, at_key=True)
    for path, clock in context.clocks():
        if isinstance(clock, str) and clock not in known and clock != WITHOUT_HOURS:
            problem = Problem("unknown-clock", _message(clock, house), _hint(clock, known))
            yield context.source.finding(path, problem)


def _message(clock: str, house: Clocks) -> Message:
    if "+" in clock and parse(clock, house):
        return Message("clock.rung", clock=clock, first=clock.partition("+")[0])
    return Message("clock.unknown", clock=clock)


def _hint(clock: str, known: list[str]) -> str:
    """A rung is like the clock its ladder begins with."""
    return did_you_mean(clock.partition("+")[0], known) or Message("clock.unknown-hint", names=tuple(known))


RULE = Rule(
    codes=("unknown-clock",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write the name of a clock that there is, or the clock under `clocks`.",
)  # fmt: skip
