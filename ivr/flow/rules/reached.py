"""Steps and flows no call ever comes to."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.rules.graph import entered_flows
from ivr.flow.rules.survey import Survey


def unreachable_step(survey: Survey) -> Iterable[Finding]:
    """`unreachable-step`: nothing leads to a step, so no caller ever hears it (a warning: nobody is stranded)."""
    if not survey.complete:
        return
    for flow in survey.release.flows.values():
        for step in flow.steps.values():
            if step.name not in survey.reach.steps[flow.name]:
                message = f'no call ever comes to step "{step.name}": nothing that is reached leads to it.'
                hint = f'Lead a step or a choice to it, or take it out. The flow begins at "{flow.first}".'
                yield survey.at(flow.name, step.name, "unreachable-step", message, hint, severity="warning")


def unreachable_flow(survey: Survey) -> Iterable[Finding]:
    """`unreachable-flow`: no number, shortcut or other flow that is in use enters a flow (a warning)."""
    if not survey.complete:
        return
    release = survey.release
    ways_in = [release.limits.next, *(shortcut.next for shortcut in release.shortcuts.values())]
    open_ = [*release.numbers.values(), release.default, *(way.name for way in ways_in if way.to == "flow")]
    seen: set[str] = set()
    while open_:
        name = open_.pop()
        if name in seen or name not in release.flows:
            continue
        seen.add(name)
        steps = release.flows[name].steps
        open_ += [flow for step in survey.reach.steps[name] for flow in entered_flows(steps[step])]
    for name in sorted(release.flows.keys() - seen):
        message = f'no number, shortcut or other flow leads to flow "{name}".'
        hint = f'Enter it with "flow {name}" or run: {name}, or take the file out.'
        source = survey.flows[name].source
        yield source.finding("unreachable-flow", ("flow",), message, hint, severity="warning")


RULES = (unreachable_step, unreachable_flow)
