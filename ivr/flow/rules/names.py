"""Things named that the hotline does not have: hours, destinations, shared prompts, flows run with wrong values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.errors import Finding
from ivr.flow.parse import did_you_mean
from ivr.flow.rules.survey import Survey
from ivr.flow.rules.written import prompts


def unknown_object(survey: Survey) -> Iterable[Finding]:
    """`unknown-hours`, `unknown-destination`: a step or destination names what hotline.yaml does not have."""
    hotline = survey.hotline
    objects: dict[str, tuple[str, Mapping[str, object]]] = {
        "hours": ("hours", hotline.hours),
        "transfer": ("destination", hotline.destinations),
        "queue": ("destination", hotline.destinations),
    }
    for flow, step in survey.steps():
        if step.kind in objects:
            what, known = objects[step.kind]
            name = survey.data(flow.name, step.name)[step.kind]
            if name not in known:
                message = f'there {"are" if what == "hours" else "is"} no {what} "{name}" in hotline.yaml.'
                hint = _hint(name, known)
                yield survey.at(flow.name, step.name, f"unknown-{what}", message, hint, path=(step.kind,))
    for name, destination in hotline.destinations.items():
        if destination.hours and destination.hours not in hotline.hours:
            message = f'there are no hours "{destination.hours}" here.'
            path = ("destinations", name, "hours")
            yield survey.source.finding("unknown-hours", path, message, _hint(destination.hours, hotline.hours))


def unreachable_destination(survey: Survey) -> Iterable[Finding]:
    """`no-number`: a destination without a number or SIP address can never be rung."""
    for name, destination in survey.hotline.destinations.items():
        if not destination.number and not destination.sip:
            message = f'destination "{name}" has no number and no sip address: nobody can be rung there.'
            hint = 'Add number: "+86…".'
            yield survey.source.finding("no-number", ("destinations", name), message, hint, at_key=True)


def unknown_prompt(survey: Survey) -> Iterable[Finding]:
    """`unknown-prompt`: words stand where a shared prompt is named, and hotline.yaml has none of that name."""
    shared = survey.hotline.prompts
    for _, source, fields, at in survey.written():
        for path, said in prompts(fields, at):
            if said.shared and said.shared not in shared:
                message = f'"{said.shared}" names a shared prompt, and hotline.yaml has none of that name.'
                example = survey.languages[0]
                hint = did_you_mean(said.shared, shared) or (
                    f"Write the words by language, each on a line of its own, such as {example}: …"
                )
                yield source.finding("unknown-prompt", path, message, hint)


def _hint(name: str, known: Mapping[str, object]) -> str:
    return did_you_mean(name, known) or (f"There are {', '.join(known)}." if known else "There are none yet.")


RULES = (unknown_object, unreachable_destination, unknown_prompt)
