"""`two-types`: two steps of a flow save different types under one name.

A prompt or a condition takes the value for the wrong thing: a date for a telephone number.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.value_types import plain
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
day:
  collect: {zh-CN: 请输入日期。, en-US: Enter a date.}
  type: date
  save: phone
  next: again
again:
  collect: {zh-CN: 请输入金额。, en-US: Enter an amount.}
  type: money
  save: phone
  next: goodbye
"""
PASSES = """\
day:
  collect: {zh-CN: 请输入日期。, en-US: Enter a date.}
  type: date
  save: day
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The types that the steps of each flow save, name by name."""
    for flow in context.release.flows.values():
        types = {name: (plain(type_), "takes") for name, type_ in flow.takes.items()}
        for step in flow.steps.values():
            for name, type_ in step.declared.sets.items():
                saved = plain(type_)
                if saved is None or not context.release.is_of_run(name):
                    continue
                first, where = types.setdefault(name, (saved, step.name))
                if first != saved:
                    message = Message("lint.two-types.found", name=name, type=saved, other=first, where=where)
                    hint = Message("lint.two-types.hint")
                    inside = "save" if "save" in context.data(flow.name, step.name) else step.kind.name
                    yield context.at(flow.name, step.name, Problem("two-types", message, hint), path=(inside,))


RULE = Rule(
    codes=("two-types",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="save one of them under another name.",
)  # fmt: skip
