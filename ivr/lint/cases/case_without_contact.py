"""`case-without-contact`: a case is owed an answer, and a caller who withholds their number cannot be reached with it.

A case holds the number the caller phones from. If that is withheld, and no step of the flow puts a `phone` on the case,
the answer cannot be given. A kind without a clock, and an inquiry closed as answered, are owed none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import CaseDone, Step

FAILS = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  story:
    record: {zh-CN: 请说明情况。, en-US: Tell us what happened.}
    save: story
    next: keep
  keep:
    case: complaint
    with: [story]
    next: book
  book:
    case: callback
    next: goodbye
"""
PASSES = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  story:
    record: {zh-CN: 请说明情况。, en-US: Tell us what happened.}
    save: story
    next: contact
  contact:
    run: contact
    outcomes: {none: keep}
    next: keep
  keep:
    case: complaint
    with: [story, phone]
    next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Per flow and kind of case, whether any step gives a phone number."""
    for flow in context.release.flows.values():
        owed: dict[str, Step] = {}
        for step, case in _cases(flow):
            rule = context.release.cases.get(case.kind)
            if rule is not None and rule.clock != "none" and case.outcome != "answered":
                owed.setdefault(case.kind, step)
        for kind, step in owed.items():
            if not _has_phone(flow, kind):
                message = Message("lint.case-without-contact.found", kind=kind)
                hint = Message("lint.case-without-contact.hint")
                yield context.at(
                    flow.name,
                    step.name,
                    Problem("case-without-contact", message, hint, "warning"),
                    path=(step.kind.name,),
                )


def _cases(flow: Flow) -> Iterator[tuple[Step, CaseDone]]:
    yield from ((step, step.declared.case) for step in flow.steps.values() if step.declared.case)


def _has_phone(flow: Flow, kind: str) -> bool:
    if flow.intake == kind and any("phone" in step.declared.sets for step in flow.steps.values()):
        return True
    return any(case.kind == kind and "phone" in case.fields for _, case in _cases(flow))


RULE = Rule(
    codes=("case-without-contact",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="ask for a number, and hand it over as `phone`.",
)  # fmt: skip
