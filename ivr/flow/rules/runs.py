"""Flows run by other flows: their outcomes, the values handed over, and rings of runs."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.parse import did_you_mean
from ivr.flow.rules.survey import Survey


def outcomes(survey: Survey) -> Iterable[Finding]:
    """`unhandled-outcome`, `unused-outcome`: a `run` names exactly the words its flow returns (FLOWS 1.3)."""
    for flow, step in survey.steps():
        ran = step.declared.runs
        if ran not in survey.release.flows:
            continue
        handled = set(step.declared.exits) - {"next"}
        returned = survey.reach.returns(ran) - {""}
        for word in sorted(returned - handled):
            message = f'flow "{ran}" may return "{word}", and this step does not say where that leads.'
            hint = f"Add outcomes: {{{word}: STEP}}."
            yield survey.at(flow.name, step.name, "unhandled-outcome", message, hint, path=(step.kind,))
        for word in sorted(handled - returned):
            message = f'flow "{ran}" never returns "{word}".'
            hint = did_you_mean(word, sorted(returned)) or "Take it out."
            path = ("outcomes", word)
            yield survey.at(
                flow.name, step.name, "unused-outcome", message, hint, path=path, at_key=True, severity="warning"
            )


def handed_over(survey: Survey) -> Iterable[Finding]:
    """`missing-value`, `unwanted-value`: `with` hands a flow exactly the values it takes (FLOWS 2.6)."""
    for flow, step in survey.steps():
        ran = survey.release.flows.get(step.declared.runs)
        if ran is None:
            continue
        data = survey.data(flow.name, step.name)
        given = data.get("with", {})
        for name in sorted(set(ran.takes) - set(given)):
            message = f'flow "{ran.name}" takes "{name}", and this step does not hand it over.'
            hint = f"Add with: [{name}]."
            yield survey.at(flow.name, step.name, "missing-value", message, hint, path=(step.kind,))
        for name in sorted(set(given) - set(ran.takes)):
            message = f'flow "{ran.name}" takes no "{name}": it would not see it.'
            hint = did_you_mean(name, ran.takes) or f"Take it out, or add it to takes in {ran.name}.yaml."
            path = ("with", name) if isinstance(given, dict) else ("with", given.index(name))
            yield survey.at(
                flow.name, step.name, "unwanted-value", message, hint, path=path, at_key=True, severity="warning"
            )


def run_ring(survey: Survey) -> Iterable[Finding]:
    """`run-ring`: flows that run each other in a ring never come to their end (FLOWS 2.5)."""
    runs: dict[str, dict[str, str]] = {name: {} for name in survey.release.flows}
    for flow, step in survey.steps():
        if step.declared.runs in runs:
            runs[flow.name].setdefault(step.declared.runs, step.name)
    for name, ran in runs.items():
        for other, step_name in ran.items():
            ring = _way(runs, other, name)
            if ring:
                message = f"these flows run each other in a ring: {' > '.join([name, *ring])}."
                hint = f'Leave the ring with "flow {other}" from a question, or with return.'
                yield survey.at(name, step_name, "run-ring", message, hint, path=("run",))


def _way(runs: dict[str, dict[str, str]], start: str, goal: str) -> list[str]:
    """A shortest way by runs from one flow to another, both named; empty where there is none."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        ways += [[*way, ran] for ran in runs[way[-1]] if ran not in seen]
        seen |= set(runs[way[-1]])
    return []


RULES = (outcomes, handed_over, run_ring)
