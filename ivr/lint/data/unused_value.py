"""`unused-value`: a step saves an answer that nothing reads, or hotline.yaml declares a value that nothing reads.

Callers answer a question for nothing, and its author believes that the answer is on record. An intake puts everything
it saves on the case, so nothing is unused there.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
ask:
  collect: {zh-CN: 请输入网点编号。, en-US: Enter the number of your branch.}
  type: digits
  save: branch_code
  next: again
again:
  yes_no: {zh-CN: 您是会员吗？, en-US: Are you a member?}
  save: member
  next: goodbye
"""
PASSES = """\
ask:
  yes_no: {zh-CN: 您是会员吗？, en-US: Are you a member?}
  save: member
  next: keep
keep:
  case: complaint
  with: [member, phone]
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """What questions save against what their flow reads, and the values of the whole call against all flows."""
    if not context.complete:
        return
    reads = {name for flow in context.release.flows.values() for name in _read(flow)}
    for name in context.hotline.call:
        if f"call.{name}" not in reads:
            message = Message("lint.unused-value.call", name=name)
            path = ("call", name)
            hint = Message("lint.unused-value.call-hint")
            yield context.source.finding(path, Problem("unused-value", message, hint, "warning"), at_key=True)
    for flow in context.release.flows.values():
        if flow.intake:
            continue
        read = _read(flow)
        for step in flow.steps.values():
            for name in step.declared.sets if asks(step) else ():
                if context.release.is_of_run(name) and name not in read:
                    message = Message("lint.unused-value.found", name=name)
                    hint = Message("lint.unused-value.hint")
                    yield context.at(
                        flow.name, step.name, Problem("unused-value", message, hint, "warning"), path=("save",)
                    )


def _read(flow: Flow) -> frozenset[str]:
    """Whatever a flow reads, hands on, or gives."""
    read = set(flow.gives)
    for step in flow.steps.values():
        read |= step.declared.reads | step.declared.unsaved
        read |= {type_[1:] for type_ in step.declared.sets.values() if type_[:1] == "="}
    return frozenset(read)


RULE = Rule(
    codes=("unused-value",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="use it, or delete the question.",
)  # fmt: skip
