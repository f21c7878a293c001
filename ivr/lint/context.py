"""What the rules look at: the flows as written and as compiled, and where in the files each thing stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transitions
from ivr.errors import Finding, Problem
from ivr.flow.clock_fields import OpenTimeFields
from ivr.flow.hotline import HotlineFields
from ivr.flow.model import Flow, Release, StepKey
from ivr.flow.parse import ParsedFlow
from ivr.flow.topic_fields import TopicsFields
from ivr.lint.prompt_texts import WrittenPrompt, everything
from ivr.lint.topics_of import HeardExample, heard_examples
from ivr.source.scalars import SourcePath, SourceSpan
from ivr.source.yaml_file import Source
from ivr.steps.compiling import StepFields
from ivr.steps.fields import Refers
from ivr.steps.step import GIVE_UPS, Step
from ivr.steps.target import Target

STANDS_FOR = {"declined": "no_input", "holiday": "closed"}


class TargetAt(NamedTuple):
    """A target as written: its flow (None: the hotline), its file, its path there."""

    parsed: ParsedFlow | None
    source: Source
    path: SourcePath
    target: Target


class PromptAt(NamedTuple):
    """A prompt, label or whisper as written: its flow (None: the hotline), its file, its path there."""

    parsed: ParsedFlow | None
    source: Source
    path: SourcePath
    said: WrittenPrompt


@dataclass(frozen=True)
class LintContext:
    """A folder under examination.

    `flows` could be read at least in part; `release` holds those that could be read in full. `names` are the flows
    there are, readable or not; `complete` says that nothing at all is missing, so that what is not seen is not there.
    `today` is the day to judge calendars by; None leaves that out. `topics`: None where there are none, or they could
    not be read from `topics_source`.
    """

    hotline: HotlineFields
    source: Source
    flows: dict[str, ParsedFlow]
    release: Release
    reach: Reach
    names: frozenset[str]
    complete: bool
    today: date | None = None
    topics: TopicsFields | None = None
    topics_source: Source | None = None

    @cached_property
    def heard(self) -> tuple[HeardExample, ...]:
        """What each menu makes of the examples whose topics it lists; most rules of topics ask for it."""
        return tuple(heard_examples(self))

    @property
    def languages(self) -> list[str]:
        """The hotline's languages, the first one first."""
        return list(self.hotline.languages)

    def steps(self) -> Iterator[tuple[Flow, Step]]:
        """Every compiled step."""
        for flow in self.release.flows.values():
            for step in flow.steps.values():
                yield flow, step

    def incoming_at(self) -> Iterator[tuple[SourcePath, str]]:
        """Where hotline.yaml names a flow that incoming calls begin in: each number's, then the default one."""
        yield from ((("numbers", number), name) for number, name in self.hotline.numbers.items())
        yield ("default",), self.hotline.default

    def clocks(self) -> Iterator[tuple[SourcePath, str | OpenTimeFields]]:
        """Every clock of hotline.yaml, by its path there."""
        for kind, fields in self.hotline.cases.items():
            written = (("clock", fields.clock), ("high", fields.high), ("urgent", fields.urgent))
            yield from ((("cases", kind, key), clock) for key, clock in written if clock is not None)

    @property
    def transitions(self) -> Transitions:
        """What each target means."""
        return self.reach.transitions

    def entered_flows(self) -> set[str]:
        """The flows that calls can reach."""
        open_, seen = self.transitions.roots(), set[str]()
        while open_:
            flow = self.transitions.flow(open_.pop())
            if flow is None or flow.name in seen:
                continue
            seen.add(flow.name)
            for step in self.reach.steps[flow.name]:
                open_ += self.transitions.named_by(StepKey(flow.name, step))
        return seen

    def written(self) -> Iterator[tuple[ParsedFlow | None, Source, BaseModel, SourcePath]]:
        """Every mapping that can hold targets and prompts: the hotline's (no flow), each head, each step."""
        yield None, self.source, self.hotline, ()
        for parsed in self.flows.values():
            yield parsed, parsed.source, parsed.head, ()
            for name, fields in parsed.steps.items():
                yield parsed, parsed.source, fields, ("steps", name)

    @cached_property
    def _written(self) -> tuple[tuple[TargetAt, ...], tuple[PromptAt, ...]]:
        """Every target and every prompt; looked for once, because most rules ask for them."""
        targets: list[TargetAt] = []
        prompts: list[PromptAt] = []
        for parsed, source, fields, at in self.written():
            for path, found in everything(fields, at):
                if isinstance(found, Target):
                    targets.append(TargetAt(parsed, source, path, found))
                elif isinstance(found, WrittenPrompt):
                    prompts.append(PromptAt(parsed, source, path, found))
            whisper = getattr(fields, "whisper", None)
            if isinstance(whisper, str):
                said = WrittenPrompt({self.languages[0]: whisper}, whisper=True)
                prompts.append(PromptAt(parsed, source, (*at, "whisper"), said))
        return tuple(targets), tuple(prompts)

    @property
    def targets(self) -> tuple[TargetAt, ...]:
        """Every target that is written anywhere."""
        return self._written[0]

    @property
    def prompts(self) -> tuple[PromptAt, ...]:
        """Every prompt, label and whisper that is written anywhere."""
        return self._written[1]

    @cached_property
    def _prompts_in(self) -> Mapping[tuple[str, str], list[PromptAt]]:
        """By flow and step, its prompts."""
        found: dict[tuple[str, str], list[PromptAt]] = {}
        for written in self.prompts:
            if written.parsed is not None and written.path[0] == "steps":
                found.setdefault((written.parsed.head.flow, str(written.path[1])), []).append(written)
        return found

    def prompts_of(self, flow: str, step: str) -> list[PromptAt]:
        """The prompts, labels and whispers of a step."""
        return self._prompts_in.get((flow, step), [])

    @cached_property
    def _targets_in(self) -> Mapping[tuple[str, str], list[tuple[SourcePath, Target]]]:
        """By flow and step, its targets with their paths inside the step."""
        found: dict[tuple[str, str], list[tuple[SourcePath, Target]]] = {}
        for parsed, _, path, target in self.targets:
            if parsed is not None and path[0] == "steps":
                found.setdefault((parsed.head.flow, str(path[1])), []).append((path[2:], target))
        return found

    def referred(self, to: Literal["hours", "destinations"]) -> Iterator[tuple[ParsedFlow, SourcePath, str]]:
        """Every name of something in hotline.yaml that a step holds, with its flow and its path in the file."""
        for parsed in self.flows.values():
            for step, fields in parsed.steps.items():
                for name, info in type(fields).model_fields.items():
                    if Refers(to) in info.metadata:
                        yield parsed, ("steps", step, info.alias or name), getattr(fields, name)

    def fields(self, flow: str, step: str) -> StepFields:
        """A step as read from its file."""
        return self.flows[flow].steps[step]

    def data(self, flow: str, step: str) -> dict[str, Any]:
        """A step as plain data."""
        found: dict[str, Any] = self.flows[flow].source.data["steps"][step]
        return found

    def at(self, flow: str, step: str, problem: Problem, path: SourcePath = (), *, at_key: bool = False) -> Finding:
        """A finding at a step's name, or at something inside the step."""
        return self.flows[flow].source.finding(("steps", step, *path), problem, at_key=at_key or not path)

    def exit_path(self, flow: str, step: Step, exit: str) -> SourcePath | None:
        """Where in its step an exit's target is written; None where it is inherited or missing."""
        target = step.declared.exits[exit]
        written = self._targets_in.get((flow, step.name), ())
        fits = [(self._fit(flow, step.name, path, exit), path) for path, found in written if found == target]
        fit, path = max(fits, key=lambda pair: pair[0], default=(0, ()))
        return path if fit else None

    def _fit(self, flow: str, step: str, path: SourcePath, exit: str) -> int:
        """How surely a target written at a path is that of an exit; 0: it is another's."""
        match path:
            case ("choices", key, *_):
                return 3 * (self.exits_by_key(flow, step).get(str(key)) == exit)
            case ("outcomes", word):
                return 3 * (word == exit)
            case (str(arms), int(n), *_):
                last = n + 1 == len(self.data(flow, step)[arms])
                return 3 * (exit == ("else" if last else f"arm {n + 1}"))
            case (first, *_) if first == exit:
                return 3
            case (first, *_) if first == STANDS_FOR.get(exit):
                return 2
            case ("next",) | ("otherwise",):
                return int(exit not in (*GIVE_UPS, "answered"))
        return 0

    def exits_by_key(self, flow: str, step: str) -> Mapping[str, str]:
        """The exit that each choice of a step takes, by its key; several choices may take one."""
        return self.fields(flow, step).exits_by_key(self.languages[0])

    def named_in(self, flow: str, step: str, name: str) -> SourcePath | None:
        """Where a step names a value outside its words: in braces, in a `when`, or in a list under `with`."""
        return _named(self.data(flow, step), name, ())


def _named(data: Any, name: str, path: SourcePath) -> SourcePath | None:
    pairs = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    for key, item in pairs:
        if key == name and (item == "" or path[-1:] == ("when",)):
            return (*path, key)
        if item == name and path[-1:] == ("with",) and isinstance(data, list):
            return (*path, key)
        if (found := _named(item, name, (*path, key))) is not None:
            return found
    return None


def text_finding(source: Source, path: SourcePath, word: str, problem: Problem) -> Finding:
    """A finding at a word inside a text, or at the text where it runs over several lines."""
    place = source.place(path)
    line = _lines_of(source.text)[place.line - 1]
    inside = line.find(word, place.column - 1)
    if inside < 0:
        return source.at(place, problem)
    return source.at(SourceSpan(place.line, inside + 1, inside + 1 + len(word)), problem)


@lru_cache(maxsize=2)
def _lines_of(text: str) -> list[str]:
    """The lines of the file just looked at: one may hold thousands of mistakes."""
    return text.split("\n")
