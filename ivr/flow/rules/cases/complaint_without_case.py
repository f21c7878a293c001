"""`complaint-without-case`: a choice is called a complaint, and nothing behind it takes one down.

The caller believes to have complained, and nobody owes them an answer: no number, no deadline, no record. Every
complaint is to be registered, whoever takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.rules.cases.complaint_too_deep import takes_complaint
from ivr.flow.rules.menus_of import menus_of
from ivr.flow.rules.rule import Rule
from ivr.flow.rules.survey import Survey
from ivr.flow.rules.ways import Ways

_COMPLAINT = re.compile(r"投诉|投訴|\bcomplain", re.I)
FAILS = """\
first:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: sorry}
    2: {label: {zh-CN: 投诉建议, en-US: complaints and ideas}, next: flow agent}
sorry:
  say: {zh-CN: 很抱歉。, en-US: We are sorry.}
  next: goodbye
"""
PASSES = """\
first:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: sorry}
sorry:
  say: {zh-CN: 很抱歉。, en-US: We are sorry.}
  next: keep
keep:
  case: complaint
  with: [story]
  next: goodbye
"""


def check(survey: Survey) -> Iterable[Finding]:
    """The ways behind every choice whose label says complaint."""
    ways = Ways(survey)
    for flow_name, step_name, _, choices in menus_of(survey):
        flow = survey.release.flows[flow_name]
        if flow.intake == "complaint" or not survey.complete:
            continue
        for key, choice in choices.items():
            if not any(_COMPLAINT.search(label) for label in choice.get("label", {}).values()):
                continue
            target = flow.steps[step_name].declared.exits[survey.choice_name(dict(choice))]
            starts = [move.to for move in ways.led_to("", flow, target)]
            reached = ways.reached(starts, inside=flow_name, barred=(flow_name, step_name))
            if not any(takes_complaint(ways.step(place), survey.release.flows[place[0]]) for place in reached):
                message = f"choice {key} is called a complaint, and nothing behind it takes one down."
                hint = "Lead it to a flow with intake: complaint, or to a step with case: complaint."
                yield survey.at(
                    flow_name, step_name, "complaint-without-case", message, hint,
                    path=("choices", key), at_key=True, severity="warning",
                )  # fmt: skip


RULE = Rule(
    codes=("complaint-without-case",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="a flow with `intake: complaint`, or a step with `case: complaint`.",
)  # fmt: skip
