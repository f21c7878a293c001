"""From sources to fields: every file of a folder read, every mistake a finding with its place."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ivr.errors import Finding
from ivr.flow.folder import twins
from ivr.flow.hotline import FlowFields, HotlineFields
from ivr.flow.source import Source, read_source
from ivr.steps.compiling import StepFields
from ivr.steps.fields import NAME
from ivr.steps.kinds import KINDS
from ivr.steps.target import RESERVED

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]


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
    flows: dict[str, ParsedFlow] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def parse(files: Mapping[str, bytes]) -> Parsed:
    """Read the files of a folder: `hotline.yaml` and a flow in each other `*.yaml`; names as shown in findings."""
    parsed = Parsed(findings=twins(list(files)))
    for name, raw in sorted(files.items()):
        source = read_source(name, raw)
        parsed.findings.extend(source.findings)
        if not isinstance(source.data, dict) or not source.data:
            continue
        if name.rsplit("/", 1)[-1] == "hotline.yaml":
            parsed.hotline = read_fields(HotlineFields, source, parsed.findings)
            parsed.hotline_source = source
        else:
            _read_flow(source, parsed)
    if parsed.hotline_source is None and not any("hotline.yaml" in f.file for f in parsed.findings):
        parsed.findings.append(Finding("hotline.yaml", 1, 1, "missing-file", "error", "there is no hotline.yaml here."))
    return parsed


def _read_flow(source: Source, parsed: Parsed) -> None:
    head = read_fields(FlowFields, source, parsed.findings)
    steps_data = source.data.get("steps")
    steps: dict[str, StepFields] = {}
    if isinstance(steps_data, dict):
        for name, data in steps_data.items():
            step = _read_step(source, name, data, parsed.findings)
            if step is not None:
                steps[name] = step
    if head is None:
        return
    stem = source.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if head.flow != stem:
        message = f'this file is {stem}.yaml, but its flow is called "{head.flow}".'
        parsed.findings.append(source.finding("flow-name", ("flow",), message, f"Write flow: {stem}."))
    if head.flow in parsed.flows:
        other = parsed.flows[head.flow].source.file
        parsed.findings.append(source.finding("flow-name", ("flow",), f'"{head.flow}" is also in {other}.'))
        return
    parsed.flows[head.flow] = ParsedFlow(source, head, steps)


def _read_step(source: Source, name: str, data: Any, findings: list[Finding]) -> StepFields | None:
    path: Path = ("steps", name)
    if not NAME.match(name) or name in RESERVED:
        message = f'"{name}" cannot be the name of a step.'
        hint = "A name is made of small letters, digits and _, starts with a letter, and is no target's word."
        findings.append(source.finding("bad-name", path, message, hint, at_key=True))
    if not isinstance(data, dict) or not data:
        message = f'step "{name}" says nothing to do.'
        findings.append(
            source.finding("empty-step", path, message, f"Begin with its kind: {', '.join(KINDS)}.", at_key=True)
        )
        return None
    kind = next(iter(data))
    if kind not in KINDS:
        inside = [key for key in data if key in KINDS]
        hint = (
            f'Put "{inside[0]}" first.' if inside else did_you_mean(kind, KINDS) or f"The kinds are {', '.join(KINDS)}."
        )
        message = f'a step begins with its kind, and "{kind}" is none.'
        findings.append(source.finding("unknown-kind", (*path, kind), message, hint, at_key=True))
        return None
    return read_fields(KINDS[kind], source, findings, path)


def did_you_mean(word: str, names: Sequence[str] | Mapping[str, Any]) -> str:
    """A hint naming the likeliest meant name, or nothing."""
    close = difflib.get_close_matches(word, list(names), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""


def read_fields(model: type[Model], source: Source, findings: list[Finding], path: Path = ()) -> Model | None:
    """Validate the part of a source at `path`; mistakes become findings, with did-you-mean for misspelt keys."""
    data = source.data
    for part in path:
        data = data[part]
    try:
        return model.model_validate(data)
    except ValidationError as failed:
        seen: set[tuple[int, int]] = set()
        for error in failed.errors():
            finding = _explain(error, model, source, path, data)
            if finding.line not in {line for line, _ in seen} or (finding.line, finding.column) not in seen:
                seen.add((finding.line, finding.column))
                findings.append(finding)
        return None


def _explain(error: Any, model: type[BaseModel], source: Source, path: Path, data: Any) -> Finding:
    where = _real_path(error["loc"], data)
    full = (*path, *where)
    kind = error["type"]
    last = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        known = _known_keys(model, error["loc"])
        hint = did_you_mean(last, known) or (f"The keys here are {', '.join(known)}." if known else "")
        return source.finding("unknown-key", full, f'there is no key "{last}" here.', hint, at_key=True)
    if kind == "missing":
        return source.finding("missing-key", full, f'"{last}" is missing here.', at_key=True)
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", '"')
        options = expected.replace('"', "").replace(" or ", ", ").split(", ")
        written = error["input"]
        at_key = last == "[key]"
        hint = did_you_mean(str(written), options)
        return source.finding("bad-value", full, f'"{written}" is not one of {expected}.', hint, at_key=at_key)
    if kind == "value_error":
        text = str(error["ctx"]["error"])
        return source.finding("bad-value", full, f"{_named(where)}{text}.", at_key=last == "[key]")
    said = {
        "dict_type": "a mapping is expected here: keys with a colon, each on its own line",
        "model_type": "a mapping is expected here: keys with a colon, each on its own line",
        "list_type": "a list is expected here, such as [one, two]",
        "string_type": "a word or a text is expected here",
        "too_short": "at least one is needed here",
        "string_too_short": "something must be written here",
    }.get(kind, error["msg"][:1].lower() + error["msg"][1:])
    return source.finding("bad-value", full, f"{_named(where)}{said}.")


def _named(where: Path) -> str:
    return f'"{where[-1]}": ' if where and isinstance(where[-1], str) else ""


def _real_path(loc: Sequence[str | int], data: Any) -> Path:
    """The part of pydantic's path that exists in the file (it adds the names of union arms and validators)."""
    real: list[str | int] = []
    for part in loc:
        in_mapping = isinstance(data, dict) and part in data
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_mapping or in_list:
            data = data[part]
        else:
            if isinstance(data, dict) and str(part).endswith("_") and str(part)[:-1] in data:
                real.append(str(part)[:-1])
            continue
        real.append(part)
    return tuple(real)


def _known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the mapping a path leads to, walking the model's types."""
    here: Any = model
    for part in loc[:-1]:
        fields = _models(here)
        for candidate in fields:
            names = {(f.alias or n): f for n, f in candidate.model_fields.items()}
            if part in names:
                here = names[str(part)].annotation
                break
    keys: list[str] = []
    for candidate in _models(here):
        keys += [f.alias or n for n, f in candidate.model_fields.items()]
    return keys


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found: list[type[BaseModel]] = []
    for part in getattr(annotation, "__args__", ()):
        found += _models(part)
    return found
