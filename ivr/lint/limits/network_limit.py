"""`network-limit`: a time is longer or shorter than the telephone network takes.

Twilio shortens it without a word: a call ends after four hours at the latest, a phone rings ten minutes at most, a
message is recorded for two seconds to four hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source

HOUR = 3600.0
BOUNDS = {"call": (1.0, 4 * HOUR), "ring": (1.0, 600.0), "at_most": (2.0, 4 * HOUR)}
FAILS = """\
limits: {call: 5h, next: flow agent}
destinations:
  agents: {number: "+862155500100", hours: agents, ring: 15m}
"""
PASSES = """\
limits: {call: 30m, next: flow agent}
destinations:
  agents: {number: "+862155500100", hours: agents, ring: 25s}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every time that is handed to Twilio."""
    for source, path, seconds in _times(context):
        key, time = str(path[-1]), _said(seconds)
        low, high = BOUNDS[key]
        if seconds > high:
            message = Message("lint.network-limit.long", key=key, time=time, bound=_said(high))
            hint = Message("lint.network-limit.long-hint", bound=_said(high))
        elif seconds < low:
            message = Message("lint.network-limit.short", key=key, time=time, bound=_said(low))
            hint = Message("lint.network-limit.short-hint", bound=_said(low))
        else:
            continue
        yield source.finding(path, Problem("network-limit", message, hint, "warning"))


def _times(context: LintContext) -> Iterator[tuple[Source, SourcePath, float]]:
    hotline = context.hotline
    yield context.source, ("limits", "call"), hotline.limits.call
    for name, destination in hotline.destinations.items():
        yield context.source, ("destinations", name, "ring"), destination.ring
    for parsed in context.flows.values():
        for name, fields in parsed.steps.items():
            at_most = getattr(fields, "at_most", None)
            if at_most is not None:
                yield parsed.source, ("steps", name, "at_most"), at_most


def _said(seconds: float) -> str:
    for size, unit in ((HOUR, "h"), (60.0, "m")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"


RULE = Rule(
    codes=("network-limit",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="write a time within these bounds.",
)  # fmt: skip
