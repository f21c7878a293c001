"""Targets that lead where nothing is: a step or a flow misspelt, or a flow that cannot be entered this way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding
from ivr.flow.model import Flow
from ivr.flow.parse import ParsedFlow, did_you_mean
from ivr.flow.rules.graph import asks
from ivr.flow.rules.survey import Survey
from ivr.flow.rules.written import Path, targets
from ivr.flow.source import Source
from ivr.steps.step import Step
from ivr.steps.target import Target


def unknown_target(survey: Survey) -> Iterable[Finding]:
    """`unknown-target`: a target names a step or flow that is not there (FLOWS 1.4)."""
    for parsed, source, fields, at in survey.written():
        for path, target in targets(fields, at):
            if parsed is None and target.to == "step":
                message = f'{_who(source, path)} goes to "{target}", and here only a flow can be named.'
                yield source.finding("unknown-target", path, message, f'Write "flow {target}".')
                continue
            known = _known(survey, parsed, target)
            if known is not None and target.name not in known:
                what = "step" if target.to == "step" else "flow"
                message = f'{_who(source, path)} goes to "{target.name}", and there is no such {what}.'
                yield source.finding("unknown-target", path, message, _hint(survey, target, known))


def _known(survey: Survey, parsed: ParsedFlow | None, target: Target) -> list[str] | None:
    if target.to == "step" and parsed is not None:
        return list(parsed.source.data["steps"])
    return sorted(survey.names) if target.to == "flow" else None


def _hint(survey: Survey, target: Target, known: list[str]) -> str:
    if target.to == "step" and target.name in survey.names:
        return f'There is a flow of that name: write "flow {target.name}".'
    return did_you_mean(target.name, known)


def _who(source: Source, path: Path) -> str:
    """What leads there, as the author would call it."""
    match path:
        case ("steps", _, "choices", key, *_):
            return f"choice {key}"
        case ("steps", _, "branch", int(n), *_):
            return f"arm {n + 1}"
        case ("steps", name, "next"):
            return f'step "{name}"'
        case ("shortcuts", key, *_):
            return f"shortcut {key}"
    named = [str(part) for part in path if part not in ("steps", "next", "outcomes")]
    return f'"{named[-1]}"' if named else "this"


def unknown_flow(survey: Survey) -> Iterable[Finding]:
    """`unknown-flow`: a number, the default or a `run` names a flow that is not there."""
    entries: list[tuple[Path, str]] = [(("numbers", number), flow) for number, flow in survey.hotline.numbers.items()]
    for path, flow in [*entries, (("default",), survey.hotline.default)]:
        if flow not in survey.names:
            yield survey.source.finding(*_no_flow(survey, path, flow))
    for home, step in survey.steps():
        if step.declared.runs and step.declared.runs not in survey.names:
            path = ("steps", step.name, step.kind)
            yield survey.flows[home.name].source.finding(*_no_flow(survey, path, step.declared.runs))


def _no_flow(survey: Survey, path: Path, flow: str) -> tuple[str, Path, str, str]:
    hint = did_you_mean(flow, sorted(survey.names)) or f"The flows are {', '.join(sorted(survey.names))}."
    return "unknown-flow", path, f'there is no flow "{flow}".', hint


def wrong_entry(survey: Survey) -> Iterable[Finding]:
    """`flow-takes-values`, `flow-needs-run`: what `flow NAME` may enter, and from where (FLOWS 1.4)."""
    for _, source, fields, at in survey.written():
        for path, target in targets(fields, at):
            flow = survey.release.flows.get(target.name) if target.to == "flow" else None
            if flow is not None:
                yield from _enterable(survey, source, path, flow)
    for number, name in [*survey.hotline.numbers.items(), ("", survey.hotline.default)]:
        if (flow := survey.release.flows.get(name)) is not None and flow.takes:
            path = ("numbers", number) if number else ("default",)
            yield from _enterable(survey, survey.source, path, flow)
    for home, step in survey.steps():
        yield from _from_a_statement(survey, home, step)


def _enterable(survey: Survey, source: Source, path: Path, flow: Flow) -> Iterator[Finding]:
    if flow.takes:
        message = f'flow "{flow.name}" needs {", ".join(flow.takes)}, and nothing hands it over this way.'
        yield source.finding("flow-takes-values", path, message, f"Use a step with run: {flow.name} and with.")
    elif words := sorted(survey.reach.returns(flow.name) - {""}):
        message = f'flow "{flow.name}" may return "{words[0]}", and nothing takes that up this way.'
        yield source.finding("flow-takes-values", path, message, f"Use a step with run: {flow.name} and outcomes.")


def _from_a_statement(survey: Survey, home: Flow, step: Step) -> Iterator[Finding]:
    if asks(step):
        return
    for exit, target in step.declared.exits.items():
        if target.to == "flow" and target.name in survey.release.flows and survey.reach.returns(target.name):
            message = (
                f'step "{step.name}" asks nothing, and flow "{target.name}" comes back to it: '
                "the caller would go round and round."
            )
            path = survey.exit_path(home.name, step, exit) or ()
            hint = f"Lead to a step with run: {target.name}, which says where to go on."
            yield survey.at(home.name, step.name, "flow-needs-run", message, hint, path=path)


RULES = (unknown_target, unknown_flow, wrong_entry)
