"""`value-not-saved`: a call can read a value before it is saved.

The caller hears a gap, or a flow returns without a value that it gives. It is a warning in a condition, and for a
number that the caller may withhold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.analysis.abstract_state import conditions
from ivr.analysis.known import A_CASE, Known, ValueNames
from ivr.call.facts import CALLER_NUMBER, CASE_FACTS, NAME_OF_CUSTOMER, TAKEN_FACTS
from ivr.errors import Finding, Problem, Severity
from ivr.flow.model import Flow
from ivr.lint.context import LintContext, text_finding
from ivr.lint.offered import Offered
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

FAILS = """\
ask:
  yes_no: {zh-CN: 要留电话吗？, en-US: Leave a number?}
  yes: number
  no: thanks
number:
  collect: {zh-CN: 请输入号码。, en-US: Enter a number.}
  type: digits
  save: other
  next: thanks
thanks:
  say: {zh-CN: "号码是{other:digits}。", en-US: "The number is {other:digits}."}
  next: again
again:
  run: about
  with: {product: {other}}
  next: goodbye
"""
PASSES = """\
ask:
  yes_no: {zh-CN: 要留电话吗？, en-US: Leave a number?}
  yes: number
  no: goodbye
number:
  collect: {zh-CN: 请输入号码。, en-US: Enter a number.}
  type: digits
  save: other
  next: thanks
thanks:
  say: {zh-CN: "号码是{other:digits}。", en-US: "The number is {other:digits}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """What each step reads against what is surely known before it, and what a flow gives where it returns."""
    known, offered = Known(context.transitions), Offered(context)
    for (flow_name, step_name), state in known.before.items():
        flow = context.release.flows[flow_name]
        step = flow.steps[step_name]
        tests = conditions(step)
        asked = {name for arm in tests.values() for name, test in arm if test(None) or test("\0")}
        for name in sorted(step.declared.reads - asked):
            if offered.has(context.flows[flow_name], name) and not _is_known(context, offered, name, state):
                if not (tests and name in CALLER_NUMBER):
                    yield _unsaved(context, flow, step, name, "warning" if tests else "error")
    yield from _given_back(context, known, offered)


def _is_known(context: LintContext, offered: Offered, name: str, state: ValueNames) -> bool:
    """Whether a name has a value; facts have one, but for a case before there is one and a number withheld."""
    if name in state:
        return True
    if name in TAKEN_FACTS:  # the name of who gave it in need not be known
        return "case" in state and name != NAME_OF_CUSTOMER
    if name in CASE_FACTS:
        return A_CASE in state or "case" in state
    starts = {f"call.{declared}": value.starts for declared, value in context.hotline.call.items()}
    return name in offered.everywhere and name not in CALLER_NUMBER and starts.get(name, "") is not None


def _unsaved(context: LintContext, flow: Flow, step: Step, name: str, severity: Severity) -> Finding:
    message = Message("lint.value-not-saved.found", step=step.name, name=name)
    hint = Message("lint.value-not-saved.hint", name=name)
    if name in TAKEN_FACTS and (name != NAME_OF_CUSTOMER or "case" not in flow.takes):
        message = Message("lint.value-not-saved.not-taken", step=step.name, name=name)
        hint = Message("lint.value-not-saved.not-taken-hint")
    elif name in CASE_FACTS - TAKEN_FACTS:
        message = Message("lint.value-not-saved.no-case", step=step.name, name=name)
        hint = Message("lint.value-not-saved.no-case-hint")
    elif name in CALLER_NUMBER:
        severity = "warning"
        message = Message("lint.value-not-saved.withheld", name=name)
    code = "value-not-saved"
    path = context.named_in(flow.name, step.name, name)
    if path is not None:
        return context.at(flow.name, step.name, Problem(code, message, hint, severity), path=path, at_key=True)
    for written in context.prompts_of(flow.name, step.name):
        for at, _, text in written.said.in_languages(written.path):
            for word in (f"{{{name}}}", f"{{{name}:"):
                if word in text:
                    return text_finding(written.source, at, word, Problem(code, message, hint, severity))
    return context.at(flow.name, step.name, Problem(code, message, hint, severity))


def _given_back(context: LintContext, known: Known, offered: Offered) -> Iterator[Finding]:
    """A flow that gives a value has saved it wherever it plainly returns."""
    for (flow_name, step_name, exit), state in known.returned.items():
        flow = context.release.flows[flow_name]
        step = flow.steps[step_name]
        if step.declared.exits[exit].name:
            continue
        for name in sorted(set(flow.gives) - state):
            if offered.has(context.flows[flow_name], name):
                message = Message("lint.value-not-saved.returns", step=step_name, name=name)
                hint = Message("lint.value-not-saved.returns-hint")
                path = context.exit_path(flow_name, step, exit) or ()
                yield context.at(flow_name, step_name, Problem("value-not-saved", message, hint), path=path)


RULE = Rule(
    codes=("value-not-saved",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="save it on every way there, or test first: `when: {other: {known: yes}}`.",
)  # fmt: skip
