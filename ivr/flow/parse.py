"""From sources to fields: every file of a folder read, every mistake a finding with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ivr.errors import Finding, Problem
from ivr.flow.hotline import FlowFields, HotlineFields
from ivr.source.folder import twins
from ivr.source.misspelt import inside, rename
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source, read_source
from ivr.steps.compiling import StepFields
from ivr.steps.fields import NAME
from ivr.steps.kinds import KINDS
from ivr.steps.target import RESERVED

Model = TypeVar("Model", bound=BaseModel)


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
    sources: list[Source] = field(default_factory=list)
    as_meant: bool = False


def parse(files: Mapping[str, bytes], *, as_meant: bool = False) -> Parsed:
    """Read the files of a folder: `hotline.yaml` and a flow in each other `*.yaml`; names as shown in findings.

    `as_meant`: misspelt keys are findings and are read on as they were meant, so that a report tells all else too.
    Never for what is to run: a key that is not known would be left out of it without a word.
    """
    parsed = Parsed(findings=twins(list(files)), as_meant=as_meant)
    for name, raw in sorted(files.items()):
        source = read_source(name, raw)
        parsed.findings.extend(source.findings)
        parsed.sources.append(source)
        if not isinstance(source.data, dict) or not source.data:
            continue
        if name.rsplit("/", 1)[-1] == "hotline.yaml":
            parsed.hotline = read_fields(HotlineFields, source, parsed.findings, as_meant=parsed.as_meant)
            parsed.hotline_source = source
        else:
            _read_flow(source, parsed)
    if parsed.hotline_source is None and not any("hotline.yaml" in f.file for f in parsed.findings):
        parsed.findings.append(Finding("hotline.yaml", 1, 1, "missing-file", "error", "there is no hotline.yaml here."))
    return parsed


def _read_flow(source: Source, parsed: Parsed) -> None:
    head = read_fields(FlowFields, source, parsed.findings, as_meant=parsed.as_meant)
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
        message = f'this file is {stem}.yaml, but its flow is called "{head.flow}".'
        parsed.findings.append(source.finding(("flow",), Problem("flow-name", message, f"Write flow: {stem}.")))
    if head.flow in parsed.flows:
        other = parsed.flows[head.flow].source.file
        parsed.findings.append(source.finding(("flow",), Problem("flow-name", f'"{head.flow}" is also in {other}.')))
        return
    parsed.flows[head.flow] = ParsedFlow(source, head, steps)


def _read_step(source: Source, name: str, data: Any, parsed: Parsed) -> StepFields | None:
    path: SourcePath = ("steps", name)
    findings = parsed.findings
    if not NAME.match(name) or name in RESERVED:
        message = f'"{name}" cannot be the name of a step.'
        hint = "A name is made of small letters, digits and _, starts with a letter, and is no target's word."
        findings.append(source.finding(path, Problem("bad-name", message, hint), at_key=True))
    if not isinstance(data, dict) or not data:
        message = f'step "{name}" says nothing to do.'
        findings.append(
            source.finding(
                path, Problem("empty-step", message, f"Begin with its kind: {', '.join(KINDS)}."), at_key=True
            )
        )
        return None
    kind = next(iter(data))
    if kind not in KINDS:
        among = [key for key in data if key in KINDS]
        hint = (
            f'Put "{among[0]}" first.' if among else did_you_mean(kind, KINDS) or f"The kinds are {', '.join(KINDS)}."
        )
        message = f'a step begins with its kind, and "{kind}" is none.'
        findings.append(source.finding((*path, kind), Problem("unknown-kind", message, hint), at_key=True))
        meant = "" if among else closest(kind, KINDS)
        if not meant or not parsed.as_meant:
            return None
        rename(source, path, kind, meant)
        kind = meant
    return read_fields(KINDS[kind], source, findings, path, as_meant=parsed.as_meant)


def did_you_mean(word: str, names: Sequence[str] | Mapping[str, Any]) -> str:
    """A hint naming the likeliest meant name, or nothing."""
    close = closest(word, names)
    return f'Did you mean "{close}"?' if close else ""


def closest(word: str, names: Sequence[str] | Mapping[str, Any], likeness: float = 0.6) -> str:
    """The name most likely meant by a word that is none, or nothing."""
    return next(iter(difflib.get_close_matches(word, list(names), n=1, cutoff=likeness)), "")


def read_fields(
    model: type[Model], source: Source, findings: list[Finding], path: SourcePath = (), *, as_meant: bool = False
) -> Model | None:
    """Validate the part of a source at `path`; mistakes become findings, with did-you-mean for misspelt keys.

    `as_meant`: where nothing is wrong but keys that are misspelt or too many, the source is put right and read.
    """
    data = inside(source.data, path)
    try:
        return model.model_validate(data)
    except ValidationError as failed:
        errors: list[Any] = list(failed.errors())
    strange = [error for error in errors if error["type"] == "extra_forbidden"]
    meant = {error["loc"]: _meant_by(error, model, data) for error in strange}
    seen: set[tuple[int, int]] = set()
    for error in errors:
        if _follows_from_another(error, meant, data):
            continue
        finding = _explain(error, model, source, path, data)
        if (finding.line, finding.column) not in seen:
            seen.add((finding.line, finding.column))
            findings.append(finding)
    if not as_meant or not strange:
        return None
    for error in strange:
        _put_right(source, (*path, *_real_path(error["loc"], data)), meant[error["loc"]])
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _meant_by(error: Any, model: type[BaseModel], data: Any) -> str:
    """The key that an unknown one was most likely meant to be, if it does not stand there already."""
    beside = inside(data, _real_path(error["loc"], data)[:-1])
    return closest(str(error["loc"][-1]), [key for key in _known_keys(model, error["loc"]) if key not in beside])


def _follows_from_another(error: Any, meant: Mapping[Sequence[str | int], str], data: Any) -> bool:
    """Whether a misspelt key explains an error: the key it was meant to be is missing, or another form is not met."""
    loc = error["loc"]
    if error["type"] == "missing":
        return any(key == loc[-1] and at[:-1] == loc[:-1] for at, key in meant.items())
    where = _real_path(loc, data)
    inner = [_real_path(at, data) for at in meant]
    return error["type"] in ("string_type", "bool_type") and any(where == at[: len(where)] for at in inner)


def _put_right(source: Source, path: SourcePath, meant: str) -> None:
    beside = inside(source.data, path[:-1])
    key = str(path[-1])
    if key in beside and meant and meant not in beside:
        rename(source, path[:-1], key, meant)
    else:
        beside.pop(key, None)


def _explain(error: Any, model: type[BaseModel], source: Source, path: SourcePath, data: Any) -> Finding:
    where = _real_path(error["loc"], data)
    full = (*path, *where)
    kind = error["type"]
    last = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        known = _known_keys(model, error["loc"])
        hint = did_you_mean(last, known) or (f"The keys here are {', '.join(known)}." if known else "")
        return source.finding(full, Problem("unknown-key", f'there is no key "{last}" here.', hint), at_key=True)
    if kind == "missing":
        return source.finding(full, Problem("missing-key", f'"{last}" is missing here.'), at_key=True)
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", '"')
        options = expected.replace('"', "").replace(" or ", ", ").split(", ")
        written = error["input"]
        at_key = last == "[key]"
        hint = did_you_mean(str(written), options)
        return source.finding(full, Problem("bad-value", f'"{written}" is not one of {expected}.', hint), at_key=at_key)
    if kind == "value_error":
        text = str(error["ctx"]["error"])
        hint = _one_of(text, error["input"])
        return source.finding(full, Problem("bad-value", f"{_named(where)}{text}.", hint), at_key=last == "[key]")
    said = {
        "dict_type": "a mapping is expected here: keys with a colon, each on its own line",
        "model_type": "a mapping is expected here: keys with a colon, each on its own line",
        "list_type": "a list is expected here, such as [one, two]",
        "string_type": "a word or a text is expected here",
        "too_short": "at least one is needed here",
        "string_too_short": "something must be written here",
        "greater_than_equal": f"write a number of at least {error.get('ctx', {}).get('ge')}",
        "less_than_equal": f"write a number of at most {error.get('ctx', {}).get('le')}",
    }.get(kind, error["msg"][:1].lower() + error["msg"][1:])
    return source.finding(full, Problem("bad-value", f"{_named(where)}{said}."))


def _one_of(text: str, written: Any) -> str:
    """A hint where a message lists the words that may be written, and one of them was nearly hit."""
    _, listing, words = text.partition("one of " if "one of " in text else ": use ")
    word = next(iter(written), "") if isinstance(written, dict) else written
    return did_you_mean(word, re.findall(r"[a-z_]+", words)) if listing and isinstance(word, str) else ""


def _named(where: SourcePath) -> str:
    return f'"{where[-1]}": ' if where and isinstance(where[-1], str) else ""


def _real_path(loc: Sequence[str | int], data: Any) -> SourcePath:
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
