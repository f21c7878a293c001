"""`missing-format`: a telephone number, case number or entry of digits is spoken without a format.

The voice reads it as one number, in the billions. With a format it comes in groups, as people write it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.call.facts import FACTS
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

IN_GROUPS = {"phone": "phone", "digits": "digits", "case_number": "digits"}
TYPES = {fact.name: fact.type for fact in FACTS if fact.type in IN_GROUPS}
FAILS = """\
told:
  say: {zh-CN: "编号{case.number}。", en-US: "Your number is {case.number}."}
  next: again
again:
  say: {zh-CN: "电话{phone}。", en-US: "We will call {phone}."}
  next: goodbye
"""
PASSES = """\
told:
  say: {zh-CN: "编号{case.number:digits}。", en-US: "Your number is {case.number:digits}."}
  next: again
again:
  say: {zh-CN: "电话{phone:phone}。", en-US: "We will call {phone:phone}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Placeholders of values that are rows of digits."""
    types = {flow.name: types_of(flow, TYPES) for flow in context.release.flows.values()}
    for parsed, source, at, said in context.prompts:
        if parsed is None or parsed.head.flow not in types:
            continue
        for path, _, text in said.in_languages(at):
            for found in PLACEHOLDER.finditer(text):
                name, form = found[1], IN_GROUPS.get(types[parsed.head.flow].get(found[1], ""))
                if form is not None and not found[2]:
                    message = Message("lint.missing-format.found", name=name)
                    hint = Message("lint.missing-format.hint", name=name, format=form)
                    yield text_finding(source, path, found[0], Problem("missing-format", message, hint, "warning"))


def types_of(flow: Flow, facts: Mapping[str, str]) -> Mapping[str, str]:
    """The types of the values that a flow's words may name, where they are known."""
    saved = {name: type_ for step in flow.steps.values() for name, type_ in step.declared.sets.items()}
    types: dict[str, str] = {**facts, **flow.takes, **saved}
    return {name: types.get(type_[1:], "") if type_[:1] == "=" else type_ for name, type_ in types.items()}


RULE = Rule(
    codes=("missing-format",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="write `{name:phone}` or `{name:digits}`.",
)  # fmt: skip
