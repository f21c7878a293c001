"""`limit-leads-round`: a call that has gone on for too long is led to the front door again.

`limits.next` is the way out for a caller who goes round. While they are in that flow no limit is tried, so that one
which begins the call again lets them go round until twice the limit, and then hangs up.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = "limits: {turns: 200, call: 30m, next: flow main}\n"
PASSES = "limits: {turns: 200, call: 30m, next: flow agent}\n"


def check(context: LintContext) -> Iterable[Finding]:
    """The flow that limits lead to, against those a call begins in."""
    target = context.hotline.limits.next
    if target.to == "flow" and target.name in context.release.entries:
        message = Message("lint.limit-leads-round.found", flow=target.name)
        hint = Message("lint.limit-leads-round.hint")
        yield context.source.finding(("limits", "next"), Problem("limit-leads-round", message, hint))


RULE = Rule(
    codes=("limit-leads-round",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="lead `limits.next` to a person or to goodbye.",
)  # fmt: skip
