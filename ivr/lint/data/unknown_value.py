"""`unknown-value`: a condition, `set`, `with` or `gives` names a value that no step saves and no fact offers.

The condition never holds, or the case lacks what the caller said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.call.facts import LANGUAGE
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.offered import Offered
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import NAME
from ivr.steps.step import Step

FAILS = """\
known:
  branch:
    - {when: {produkt: card}, next: goodbye}
    - {next: keep}
keep:
  set: {call.vip: yes}
  next: goodbye
"""
PASSES = """\
known:
  branch:
    - {when: {product: card}, next: goodbye}
    - {next: keep}
keep:
  set: {kind: lost_card}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every name that is read outside of words, and every name of the call that is set."""
    offered = Offered(context)
    for flow, step in context.steps():
        yield from _read(context, offered, flow, step)
    for flow in context.release.flows.values():
        parsed = context.flows[flow.name]
        for name in flow.gives:
            if not offered.has(parsed, name):
                message = Message("lint.unknown-value.gives", name=name)
                hint = did_you_mean(name, sorted({n for step in flow.steps.values() for n in step.declared.sets}))
                yield parsed.source.finding(("gives", name), Problem("unknown-value", message, hint), at_key=True)


def _read(context: LintContext, offered: Offered, flow: Flow, step: Step) -> Iterator[Finding]:
    parsed = context.flows[flow.name]
    for name in sorted(step.declared.reads | step.declared.unsaved):
        path = context.named_in(flow.name, step.name, name)
        if path is not None and not offered.has(parsed, name):
            message = Message("lint.unknown-value.found", name=name)
            hint = offered.nearest(parsed, name)
            yield context.at(flow.name, step.name, Problem("unknown-value", message, hint), path=path, at_key=True)
    yield from _set(context, offered, flow, step)


def _set(context: LintContext, offered: Offered, flow: Flow, step: Step) -> Iterator[Finding]:
    """The names that are written as keys of what a step sets."""
    kind = step.kind.name
    written = context.data(flow.name, step.name)[kind]
    for name in step.declared.sets if isinstance(written, dict) else ():
        if name not in written or NAME.match(name) or name == LANGUAGE or context.release.is_of_call(name):
            continue
        message = Message("lint.unknown-value.set", name=name)
        hint = did_you_mean(name, sorted(offered.everywhere))
        if name in offered.everywhere:
            message = Message("lint.unknown-value.fact", name=name)
            hint = Message("lint.unknown-value.fact-hint")
        yield context.at(flow.name, step.name, Problem("unknown-value", message, hint), path=(kind, name), at_key=True)


RULE = Rule(
    codes=("unknown-value",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name; a value of the whole call is declared under `call` in hotline.yaml.",
)  # fmt: skip
