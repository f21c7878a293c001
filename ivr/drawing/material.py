"""What pictures are drawn from: flows with their titles, steps that could not be read, and what is wrong with which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivr.errors import Finding
from ivr.flow.model import Flow, Prompt, Release, Slot
from ivr.flow.parse import Parsed, ParsedFlow
from ivr.steps.step import Step


@dataclass(frozen=True, slots=True)
class DrawnFlow:
    """A flow as far as it is known: by name each step in the order of the file, None where it could not be read."""

    name: str
    titles: Mapping[str, str]
    steps: Mapping[str, Step | None]
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)

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


def material(parsed: Parsed, release: Release, findings: Sequence[Finding] = ()) -> Material:
    """What can be drawn of files; `release` is as much of them as could be compiled."""
    wrong: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error":
            wrong.setdefault(finding.file, []).append(finding)
    flows = {
        name: _drawn(flow, release.flows.get(name), wrong.get(flow.source.file, ()))
        for name, flow in parsed.flows.items()
    }
    return Material(flows, release.prompts, tuple(release.languages))


def _drawn(flow: ParsedFlow, compiled: Flow | None, findings: Sequence[Finding]) -> DrawnFlow:
    written = flow.source.data.get("steps")
    names = list(map(str, written)) if isinstance(written, dict) else []
    known = compiled.steps if compiled else {}
    lines = sorted((flow.source.key_place(("steps", name)).line, name) for name in names)
    problems: dict[str, list[str]] = {}
    for finding in findings:
        above = [name for line, name in lines if line <= finding.line]
        if above:
            problems.setdefault(above[-1], []).append(finding.message)
    titles = {str(tag): str(text) for tag, text in flow.head.title.items()}
    return DrawnFlow(flow.head.flow, titles, {name: known.get(name) for name in names}, problems)
