"""What pictures are drawn from: flows with their titles, steps that could not be read, and what is wrong with which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ivr.drawing.problems import Problem, problems_of
from ivr.drawing.unread import Unread, unread_of
from ivr.errors import Finding
from ivr.flow.known import Known
from ivr.flow.model import Prompt, Release, Slot, StepKey
from ivr.steps.step import UNANSWERED, Step
from ivr.steps.target import Target


@dataclass(frozen=True, slots=True)
class DrawnFlow:
    """A flow as far as it is known: by name each step in the order of the file, None where it could not be read.

    By step: `problems` says what is wrong with it, `unread` what of it could not be read, `unled` the exits of which
    the file does not say where they lead.
    """

    name: str
    titles: Mapping[str, str]
    steps: Mapping[str, Step | None]
    problems: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    unread: Mapping[str, Unread] = field(default_factory=dict)
    unled: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """Its title in a language, else in another one, else its name."""
        return self.titles.get(language) or next(iter(self.titles.values()), "") or self.name


@dataclass(frozen=True, slots=True)
class Material:
    """All flows of a hotline, their prompts and the hotline's languages."""

    flows: Mapping[str, DrawnFlow]
    prompts: Mapping[str, Prompt]
    languages: Sequence[str]

    def title(self, flow: str, language: str) -> str:
        """The title of a flow; its name where there is no such flow."""
        found = self.flows.get(flow)
        return found.title(language) if found else flow

    def words(self, prompt: str, language: str) -> str:
        """A prompt as it is read, values by their names."""
        found = self.prompts.get(prompt)
        if found is None:
            return ""
        parts = found.parts.get(language) or next(iter(found.parts.values()), ())
        return "".join(
            part if isinstance(part, str) else f"{{{part.name}}}" if isinstance(part, Slot) else part.blank
            for part in parts
        )


def material(known: Known, release: Release, findings: Sequence[Finding] = ()) -> Material:
    """What can be drawn of files; `release` is what is known of them, compiled."""
    wrong: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error":
            wrong.setdefault(finding.file, []).append(finding)
    flows = {
        name: _drawn(known, name, release, wrong.get(flow.source.file, ())) for name, flow in known.parsed.flows.items()
    }
    return Material(flows, release.prompts, tuple(release.languages))


def _drawn(known: Known, name: str, release: Release, findings: Sequence[Finding]) -> DrawnFlow:
    flow = known.parsed.flows[name]
    written = flow.source.data.get("steps")
    names = list(map(str, written)) if isinstance(written, dict) else []
    compiled = release.flows[name].steps if name in release.flows else {}
    steps = {step: compiled.get(step) for step in names}
    language = next(iter(release.languages))
    return DrawnFlow(
        name,
        {str(tag): str(text) for tag, text in flow.head.title.items()},
        steps,
        problems_of(known, steps, findings, (name, language)),
        {step: unread_of(known.left_out.get(StepKey(name, step), ()), _kind(found)) for step, found in steps.items()},
        {step: _unled(fields.targets_by_exit(language), steps[step]) for step, fields in flow.steps.items()},
    )


def runs_in(flow: DrawnFlow) -> Iterator[str]:
    """The flows that a flow goes through."""
    return (step.declared.runs for step in flow.steps.values() if step is not None and step.declared.runs)


def _kind(step: Step | None) -> str:
    return step.kind.name if step else ""


def _unled(targets: Mapping[str, Target | None], step: Step | None) -> frozenset[str]:
    """The exits of which the file does not say where they lead. The hotline may say of a question that is given up."""
    exits = {exit for exit in step.declared.exits if exit not in UNANSWERED} if step else set()
    unsaid = {exit for exit, target in targets.items() if target is None}
    if unsaid and not exits & targets.keys():  # one field for all exits
        return frozenset(exits)
    return frozenset(unsaid & exits)
