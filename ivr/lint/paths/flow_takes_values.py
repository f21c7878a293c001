"""`flow-takes-values`: `flow NAME`, a number or `default` enters a flow that needs values, or that returns a word.

Nothing hands the values over this way, and nothing takes the word up. The caller hears gaps where values are spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source

FAILS = """\
offers:
  yes_no: {zh-CN: 要听介绍吗？, en-US: Shall we tell you more?}
  yes: flow about
  no: flow contact
"""
PASSES = """\
offers:
  yes_no: {zh-CN: 要听介绍吗？, en-US: Shall we tell you more?}
  yes: about
  no: goodbye
about:
  run: about
  with: [product]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every way into a flow that cannot carry values."""
    for _, source, path, target in context.targets:
        flow = context.release.flows.get(target.name) if target.to == "flow" else None
        if flow is not None:
            yield from _enterable(context, source, path, flow)
    for path, name in context.incoming_at():
        if (flow := context.release.flows.get(name)) is not None and flow.takes:
            yield from _enterable(context, context.source, path, flow)


def _enterable(context: LintContext, source: Source, path: SourcePath, flow: Flow) -> Iterator[Finding]:
    if flow.takes:
        message = Message("lint.flow-takes-values.needs", flow=flow.name, names=tuple(flow.takes))
        hint = Message("lint.flow-takes-values.needs-hint", flow=flow.name)
        yield source.finding(path, Problem("flow-takes-values", message, hint))
    elif words := sorted(context.reach.returns(flow.name) - {""}):
        message = Message("lint.flow-takes-values.returns", flow=flow.name, word=words[0])
        hint = Message("lint.flow-takes-values.returns-hint", flow=flow.name)
        yield source.finding(path, Problem("flow-takes-values", message, hint))


RULE = Rule(
    codes=("flow-takes-values",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="use a step with `run`, `with` and `outcomes`.",
)  # fmt: skip
