"""`limit-leads-round`: a call that has gone on for too long is led into a flow in which calls begin.

`limits.next` takes a caller who goes round to a person or to an end. No limit is checked inside its flow. If that flow
begins the call again, the caller goes round until twice the limit, and is then cut off.
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
