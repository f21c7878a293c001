"""`complaint-too-deep`: the main menu does not offer complaints.

The People's Bank of China (Order 2020 No. 5) requires the complaint channel in the main menu of a service phone. An
angry caller who has to search for it hangs up, and complains elsewhere. A question that silence leads past, and the
choice of a language, do not count as a menu. A hotline without `complaint` under `cases` is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.exit_moves import ExitMoves, menus_chosen_in
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

FAILS = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  first:
    menu: {zh-CN: 请选择。, en-US: Please choose.}
    choices:
      1: {label: {zh-CN: 储蓄, en-US: savings}, next: goodbye}
      2: {label: {zh-CN: 其他, en-US: anything else}, next: other}
  other:
    menu: {zh-CN: 请选择。, en-US: Please choose.}
    choices:
      1: {label: {zh-CN: 建议, en-US: an idea}, next: goodbye}
      2: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
"""
PASSES = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  first:
    menu: {zh-CN: 请选择。, en-US: Please choose.}
    choices:
      1: {label: {zh-CN: 储蓄, en-US: savings}, next: goodbye}
      2: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """From every number, the menus to choose in until a complaint is taken down."""
    if "complaint" not in context.hotline.cases or not context.complete:
        return
    moves, reported = ExitMoves(context.transitions), set[StepKey]()
    for name in dict.fromkeys(name for _, name in context.incoming_at()):
        flow = context.release.flows.get(name)
        way = moves.cheapest(StepKey(name, flow.first), takes_complaint, menus_chosen_in) if flow is not None else []
        if way is None:
            message = Message("lint.complaint-too-deep.none", flow=name)
            hint = Message("lint.complaint-too-deep.none-hint")
            path = ("cases", "complaint")
            yield context.source.finding(path, Problem("complaint-too-deep", message, hint, "warning"), at_key=True)
        elif way is not None and len(way) > 1 and way[-1] not in reported:
            reported.add(way[-1])
            questions = " > ".join(step for _, step in way)
            message = Message("lint.complaint-too-deep.deep", n=len(way), way=questions)
            hint = Message("lint.complaint-too-deep.deep-hint", step=way[0].step)
            yield context.at(*way[-1], Problem("complaint-too-deep", message, hint, "warning"))


def takes_complaint(step: Step, flow: Flow) -> bool:
    """Whether a step stands in an intake of complaints, or completes one."""
    return flow.intake == "complaint" or (step.declared.case is not None and step.declared.case.kind == "complaint")


RULE = Rule(
    codes=("complaint-too-deep",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="offer complaints in the main menu.",
)  # fmt: skip
