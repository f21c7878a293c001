"""`wrong-type`: a value of one type is handed to a flow that takes another, or given back as another.

What the flow says or tests of it makes no sense: a date read out as a telephone number, a condition that never holds.
`text` takes everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ivr.analysis.value_types import plain, sure_types, words_of
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

_FITS = {"digits": {"number", "case_number", "phone"}, "number": {"digits"}, "case": {"case_number"}}
FAILS = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
gives: {day: phone}
steps:
  day:
    collect: {zh-CN: 请输入日期。, en-US: Enter a date.}
    type: date
    save: day
    next: reach
  reach:
    run: reminder
    with: {phone: {day}}
    next: return
---
flow: reminder
title: {zh-CN: 提醒, en-US: A reminder}
takes: {phone: phone}
steps:
  told:
    say: {zh-CN: "电话{phone:phone}。", en-US: "We will call {phone:phone}."}
    next: return
"""
PASSES = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
gives: {day: date}
steps:
  day:
    collect: {zh-CN: 请输入日期。, en-US: Enter a date.}
    type: date
    save: day
    next: reach
  reach:
    run: reminder
    with: [day]
    next: return
---
flow: reminder
title: {zh-CN: 提醒, en-US: A reminder}
takes: {day: text}
steps:
  told:
    say: {zh-CN: "{day:date}。", en-US: "{day:date}."}
    next: return
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Values handed over and given back, where their type is sure, against the type that is declared."""
    whole_call = {f"call.{name}": value.type for name, value in context.hotline.call.items()}
    for flow in context.release.flows.values():
        types = {**sure_types(flow), **whole_call}
        for name, declared in flow.gives.items():
            saved = types.get(name, "")
            if not _fits(saved, declared):
                message = Message("lint.wrong-type.gives", name=name, declared=plain(declared), saved=plain(saved))
                problem = Problem("wrong-type", message, Message("lint.wrong-type.gives-hint"), "warning")
                yield context.flows[flow.name].source.finding(("gives", name), problem)
        for step in flow.steps.values():
            yield from _handed_over(context, flow, step, types)


def _handed_over(context: LintContext, flow: Flow, step: Step, types: Mapping[str, str]) -> Iterator[Finding]:
    ran = context.release.flows.get(step.declared.runs)
    if ran is None:
        return
    for name, given in step.declared.hands.items():
        declared, source = ran.takes.get(name, ""), given[1:]
        saved = types.get(source, "") if given.startswith("=") else ""
        if not _fits(saved, declared):
            path = context.named_in(flow.name, step.name, source) or ("with",)
            takes, is_ = plain(declared), plain(saved)
            message = Message(
                "lint.wrong-type.takes", flow=ran.name, name=name, declared=takes, source=source, saved=is_
            )
            problem = Problem("wrong-type", message, Message("lint.wrong-type.takes-hint"), "warning")
            yield context.at(flow.name, step.name, problem, path=path, at_key=True)


def _fits(saved: str, declared: str) -> bool:
    """Whether a value may be taken for a type; what is not sure may."""
    if not saved or not declared or plain(saved) is None or saved == declared or declared == "text":
        return True
    own, wanted = words_of(saved), words_of(declared)
    if own is not None or wanted is not None:
        return own is not None and wanted is not None and own <= wanted
    return saved in _FITS.get(declared, ())


RULE = Rule(
    codes=("wrong-type",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="hand over another value, or declare the type that it has.",
)  # fmt: skip
