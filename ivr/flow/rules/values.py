"""Values: read only where every path has saved them, named only where something saves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Severity
from ivr.flow.model import Flow
from ivr.flow.parse import did_you_mean
from ivr.flow.rules.known import A_CASE, Known, Names
from ivr.flow.rules.offered import FACTS, Offered
from ivr.flow.rules.stand import conditions
from ivr.flow.rules.survey import Survey, text_finding
from ivr.flow.rules.written import prompts
from ivr.steps.step import Step

WITHHELD = frozenset({"caller.phone", "call.from"})


def unknown_value(survey: Survey) -> Iterable[Finding]:
    """`unknown-value`: a condition, `set` or `with` names what nothing saves and no fact offers (FLOWS 2.6)."""
    offered = Offered(survey)
    for flow, step in survey.steps():
        parsed = survey.flows[flow.name]
        for name in sorted(step.declared.reads | step.declared.unsaved):
            path = survey.named_in(flow.name, step.name, name)
            if path is not None and not offered.has(parsed, name):
                message = f'nothing saves "{name}", and it is no fact of the call.'
                hint = offered.nearest(parsed, name)
                yield survey.at(flow.name, step.name, "unknown-value", message, hint, path=path, at_key=True)
        for name in step.declared.sets:
            if "." in name and name not in offered.everywhere:
                message = f'hotline.yaml has no "{name}" to set.'
                hint = offered.nearest(parsed, name)
                path = (step.kind, name)
                yield survey.at(flow.name, step.name, "unknown-value", message, hint, path=path, at_key=True)


def not_saved(survey: Survey) -> Iterable[Finding]:
    """`value-not-saved`: on some path a value is read before it is saved (FLOWS 2.6)."""
    known, offered = Known(survey.release), Offered(survey)
    for (flow_name, step_name), state in known.before.items():
        flow = survey.release.flows[flow_name]
        step = flow.steps[step_name]
        tests = conditions(step)
        asked = {name for arm in tests.values() for name, test in arm if test(None) or test("\0")}
        for name in sorted(step.declared.reads - asked):
            if offered.has(survey.flows[flow_name], name) and not _is_known(survey, name, state):
                if not (tests and name in WITHHELD):
                    yield _unsaved(survey, flow, step, name, "warning" if tests else "error")


def _is_known(survey: Survey, name: str, state: Names) -> bool:
    """Whether a name has a value; facts have one, but for a case before there is one and a number withheld."""
    if name in state:
        return True
    scope, dot, rest = name.partition(".")
    if scope == "case":
        return A_CASE in state or "case" in state
    if scope == "call" and rest in survey.hotline.call:
        return survey.hotline.call[rest].starts is not None
    if not dot or name in WITHHELD:
        return False
    return name in FACTS or scope in ("hours", "switch") or scope in state


def _unsaved(survey: Survey, flow: Flow, step: Step, name: str, severity: Severity) -> Finding:
    message = f'a call can come to "{step.name}" before "{name}" is saved.'
    hint = f"Save it on every way here, or go elsewhere first: when: {{{name}: {{known: yes}}}}."
    if name.startswith("case."):
        message = f'a call can come to "{step.name}" before it has a case: "{name}" would be spoken as nothing.'
        hint = "Open the case first, with a case step or an intake."
    elif name in WITHHELD:
        severity = "warning"
        message = f'"{name}" is not known where the caller withholds their number.'
    code = "value-not-saved"
    path = survey.named_in(flow.name, step.name, name)
    if path is not None:
        return survey.at(flow.name, step.name, code, message, hint, path=path, at_key=True, severity=severity)
    parsed = survey.flows[flow.name]
    for at, said in prompts(parsed.steps[step.name], ("steps", step.name)):
        for tag, text in said.text.items():
            for end in ("}", ":"):
                if f"{{{name}{end}" in text:
                    word = f"{{{name}{end}"
                    return text_finding(parsed.source, (*at, tag), word, code, message, hint, severity)
    return survey.at(flow.name, step.name, code, message, hint, severity=severity)


def given_back(survey: Survey) -> Iterator[Finding]:
    """`unknown-value`, `value-not-saved`: a flow that gives a value has saved it wherever it plainly returns."""
    known, offered = Known(survey.release), Offered(survey)
    for flow in survey.release.flows.values():
        parsed = survey.flows[flow.name]
        for name in flow.gives:
            if not offered.has(parsed, name):
                message = f'the flow gives "{name}", and none of its steps saves that.'
                hint = did_you_mean(name, sorted({n for step in flow.steps.values() for n in step.declared.sets}))
                yield parsed.source.finding("unknown-value", ("gives", name), message, hint, at_key=True)
    for (flow_name, step_name, exit), state in known.returned.items():
        flow = survey.release.flows[flow_name]
        step = flow.steps[step_name]
        if step.declared.exits[exit].name:
            continue
        for name in sorted(set(flow.gives) - state):
            if offered.has(survey.flows[flow_name], name):
                message = f'"{step_name}" returns before "{name}" is saved, and the flow says that it gives it.'
                hint = "Save it first, or return a word and let the run step take that up under outcomes."
                path = survey.exit_path(flow_name, step, exit) or ()
                yield survey.at(flow_name, step_name, "value-not-saved", message, hint, path=path)


RULES = (unknown_value, not_saved, given_back)
