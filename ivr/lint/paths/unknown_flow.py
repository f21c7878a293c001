"""`unknown-flow`: a number, `default`, `outgoing` or a `run` names a flow for which there is no file.

A caller of that number hears an apology and nothing else. A flow under `waive` in which no call begins is found too:
the waiver has no effect.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import the_flows
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
reach:
  run: contacts
  next: again
again:
  run: complain
  next: goodbye
"""
PASSES = """\
reach:
  run: contact
  outcomes: {none: goodbye}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Ways into a flow against the files there are."""
    for path, flow in context.incoming_at():
        if flow not in context.names:
            yield context.source.finding(path, _no_flow(context, flow))
    for flow in context.hotline.outgoing:
        if flow not in context.names:
            yield context.source.finding(("outgoing", flow), _no_flow(context, flow), at_key=True)
    for promise, flows in context.hotline.waive.items():
        for flow in flows if isinstance(flows, dict) else ():
            if flow not in context.release.entries:
                message = Message("lint.unknown-flow.waived", flow=flow)
                hint = did_you_mean(flow, context.release.entries) or Message("lint.unknown-flow.waived-hint")
                yield context.source.finding(
                    ("waive", promise, flow), Problem("unknown-flow", message, hint), at_key=True
                )
    for home, step in context.steps():
        if step.declared.runs and step.declared.runs not in context.names:
            path = ("steps", step.name, step.kind.name)
            yield context.flows[home.name].source.finding(path, _no_flow(context, step.declared.runs))


def _no_flow(context: LintContext, flow: str) -> Problem:
    hint = did_you_mean(flow, sorted(context.names)) or the_flows(context.names)
    return Problem("unknown-flow", Message("lint.unknown-flow.found", flow=flow), hint)


RULE = Rule(
    codes=("unknown-flow",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or add the file.",
)  # fmt: skip
