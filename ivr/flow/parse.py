"""From sources to fields: every file of a folder read, every mistake a finding with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr.errors import Finding, Problem
from ivr.flow.also_called import kind_meant
from ivr.flow.examples import FEW, Examples, examples_for
from ivr.flow.hotline import FlowFields, HotlineFields
from ivr.flow.likely import closest, did_you_mean
from ivr.flow.mistakes import name_meant
from ivr.flow.reading import HowRead, Model, read_fields
from ivr.flow.topic_fields import TopicsFields
from ivr.messages.message import Message
from ivr.source.folder import twins
from ivr.source.misspelt import rename
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source, read_source
from ivr.steps.compiling import StepFields
from ivr.steps.fields import NAME
from ivr.steps.kinds import KINDS
from ivr.steps.target import RESERVED

__all__ = ["Parsed", "ParsedFlow", "closest", "did_you_mean", "parse", "read_fields"]


TOPICS = "topics.yaml"


@dataclass(slots=True)
class ParsedFlow:
    """One flow file: its head, its steps by name, and the source that knows every place."""

    source: Source
    head: FlowFields
    steps: dict[str, StepFields]


@dataclass(slots=True)
class Parsed:
    """All that could be read of a folder, and all that was wrong with it."""

    hotline: HotlineFields | None = None
    hotline_source: Source | None = None
    topics: TopicsFields | None = None
    topics_source: Source | None = None
    flows: dict[str, ParsedFlow] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    as_meant: bool = False
    examples: Examples = FEW


def parse(files: Mapping[str, bytes], *, as_meant: bool = False) -> Parsed:
    """Read the files of a folder: `hotline.yaml`, `topics.yaml` if there is one, and a flow in each other `*.yaml`;
    names as shown in findings.

    `as_meant`: misspelt keys are findings and are read on as they were meant, so that a report tells all else too.
    Never for what is to run: a key that is not known would be left out of it without a word.
    """
    parsed = Parsed(findings=twins(list(files)), as_meant=as_meant)
    parsed.sources = [read_source(name, raw) for name, raw in sorted(files.items())]
    parsed.examples = examples_for({source.file: source.data for source in parsed.sources if source.data})
    for source in parsed.sources:
        parsed.findings.extend(source.findings)
        if not isinstance(source.data, dict) or not source.data:
            if source.findings and source.file.rsplit("/", 1)[-1] == TOPICS:
                parsed.topics_source = source  # it is there, so nobody is told to begin one
            continue
        if source.file.rsplit("/", 1)[-1] == "hotline.yaml":
            parsed.hotline = _read(HotlineFields, source, parsed)
            parsed.hotline_source = source
        elif is_of_topics(source):
            parsed.topics = _read(TopicsFields, source, parsed)
            parsed.topics_source = source
        else:
            _read_flow(source, parsed)
    if parsed.hotline_source is None and not any("hotline.yaml" in f.file for f in parsed.findings):
        message, hint = Message("flow.file.no-hotline"), Message("flow.file.begin-hotline")
        parsed.findings.append(Finding("hotline.yaml", 1, 1, "missing-file", "error", message, hint))
    return parsed


def is_of_topics(source: Source) -> bool:
    """Whether a file holds topics. A flow may bear the name too, as long as it says that it is one."""
    return source.file.rsplit("/", 1)[-1] == TOPICS and "flow" not in source.data


def _read(model: type[Model], source: Source, parsed: Parsed, path: SourcePath = ()) -> Model | None:
    return read_fields(model, source, parsed.findings, path, HowRead(parsed.as_meant, parsed.examples))


def _read_flow(source: Source, parsed: Parsed) -> None:
    head = _read(FlowFields, source, parsed)
    steps_data = source.data.get("steps")
    steps: dict[str, StepFields] = {}
    if isinstance(steps_data, dict):
        for name, data in steps_data.items():
            step = _read_step(source, name, data, parsed)
            if step is not None:
                steps[name] = step
    if head is None:
        return
    stem = source.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if head.flow != stem:
        message = Message("flow.file.other-name", name=stem, flow=head.flow)
        problem = Problem("flow-name", message, Message("flow.file.write-flow", name=stem))
        parsed.findings.append(source.finding(("flow",), problem))
    if head.flow in parsed.flows:
        other = parsed.flows[head.flow].source.file
        message = Message("flow.file.same-name", flow=head.flow, file=other)
        parsed.findings.append(source.finding(("flow",), Problem("flow-name", message)))
        return
    parsed.flows[head.flow] = ParsedFlow(source, head, steps)


def _read_step(source: Source, name: str, data: Any, parsed: Parsed) -> StepFields | None:
    path: SourcePath = ("steps", name)
    findings = parsed.findings
    if not NAME.match(name) or name in RESERVED:
        findings.append(source.finding(path, _bad_name(name), at_key=True))
    if not isinstance(data, dict) or not data:
        findings.append(source.finding(path, _empty_step(name, data), at_key=True))
        return None
    kind = next(iter(data))
    if kind not in KINDS:
        among = [key for key in data if key in KINDS]
        hint = Message("flow.step.kind-first", kind=among[0]) if among else _kind_hint(kind, data[kind])
        message = Message("flow.step.no-kind", word=kind)
        findings.append(source.finding((*path, kind), Problem("unknown-kind", message, hint), at_key=True))
        meant = "" if among else closest(kind, KINDS)
        if not meant or not parsed.as_meant:
            return None
        rename(source, path, kind, meant)
        kind = meant
    return _read(KINDS[kind], source, parsed, path)


def _empty_step(name: str, data: Any) -> Problem:
    hint = Message("flow.step.begin-kind", kinds=tuple(KINDS))
    if isinstance(data, str) and data in KINDS:
        hint = Message("flow.step.kind-below", kind=data)
    elif isinstance(data, str) and data:
        hint = Message("flow.step.lead-on", step=data)
    elif isinstance(data, list) and data:
        hint = Message("flow.step.no-dashes")
    return Problem("empty-step", Message("flow.step.empty", step=name), hint)


def _kind_hint(word: str, value: Any) -> str:
    """What to begin a step with, whose first key is no kind."""
    if word in ("type", "kind", "step") and isinstance(value, str) and (kind := value.lower()) in KINDS:
        return Message("flow.step.begin-with", kind=kind, word=word)
    if called := kind_meant(word):
        return Message("flow.did-you-mean", meant=called)
    return did_you_mean(word, KINDS) or Message("flow.step.kinds", kinds=tuple(KINDS))


def _bad_name(name: str) -> Problem:
    reserved = name in RESERVED
    message = Message("flow.step.reserved", name=name) if reserved else Message("flow.step.bad-name", name=name)
    hint = Message("flow.step.write-name", meant=name_meant(name) or "main_menu")
    return Problem("bad-name", message, hint)
