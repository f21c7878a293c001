"""Flows that have errors, as far as they are known: for tools that show flows while they are being written.

What cannot be read in a step is left out of it, or what is written is put where it can stand, so that one bad choice
costs a picture no more than that choice. Never for what is to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from ivr.flow.hotline import FlowFields
from ivr.flow.mistakes import real_path
from ivr.flow.model import StepKey
from ivr.flow.parse import Parsed, ParsedFlow
from ivr.source.misspelt import inside
from ivr.source.scalars import SourcePath
from ivr.source.syntax import LEFT_OUT
from ivr.source.yaml_file import Source
from ivr.steps.compiling import StepFields
from ivr.steps.kinds import KINDS

UNKNOWN = "?"
"""Stands where something is missing: as a target it leads to no step."""
MOST_MENDED = 200
"""A step with more mistakes than this is not read."""

Model = TypeVar("Model", bound=BaseModel)


class LeftOut(NamedTuple):
    """What of a step could not be read: where it stands in the step, and what is written there."""

    path: SourcePath
    written: Any


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of files with errors. `parsed` has each step that can be read, without what cannot be read in it:
    that is in `left_out`, by step, whole (an empty path) where nothing of the step makes sense."""

    parsed: Parsed
    left_out: Mapping[StepKey, Sequence[LeftOut]] = field(default_factory=dict)


def as_known(parsed: Parsed) -> Known:
    """The flows as far as they are known, steps in the order of their files."""
    languages = _languages(parsed)
    flows: dict[str, ParsedFlow] = {}
    left_out: dict[StepKey, list[LeftOut]] = {}
    for source in (each if each.data else replace(each, data=_marked(each.rest)) for each in parsed.sources):
        flow = _read_already(parsed, source) or _with_head(parsed, source, languages)
        if flow is None or flow.head.flow in flows:
            continue
        flows[flow.head.flow] = replace(flow, steps={})
        written = source.data.get("steps")
        for name, data in written.items() if isinstance(written, dict) else ():
            step = flow.steps.get(name)
            if step is None:
                step, missing = _step(data, languages)
                if missing:
                    left_out[StepKey(flow.head.flow, str(name))] = missing
            if step is not None:
                flows[flow.head.flow].steps[str(name)] = step
    return Known(replace(parsed, flows=flows), left_out)


def _languages(parsed: Parsed) -> Sequence[str]:
    if parsed.hotline and parsed.hotline.languages:
        return tuple(parsed.hotline.languages)
    return tuple(dict.fromkeys(tag for flow in parsed.flows.values() for tag in flow.head.title)) or ("en-US",)


def _read_already(parsed: Parsed, source: Source) -> ParsedFlow | None:
    return next((flow for flow in parsed.flows.values() if flow.source is source), None)


def _with_head(parsed: Parsed, source: Source, languages: Sequence[str]) -> ParsedFlow | None:
    """A flow whose head has mistakes, called as its file is where it does not say."""
    name = source.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name == "hotline" or not isinstance(source.data, dict) or "steps" not in source.data:
        return None
    head, _ = mended(FlowFields, {"flow": name, "title": {languages[0]: name}, **source.data}, languages)
    return ParsedFlow(source, head, {}) if head is not None and head.flow not in parsed.flows else None


def _marked(rest: Any) -> Any:
    """What is left of a file, with a mark where something was taken out of it."""
    if isinstance(rest, dict):
        return {name: _marked(inner) for name, inner in rest.items()}
    if isinstance(rest, list):
        return [_marked(inner) for inner in rest]
    return UNKNOWN if rest == LEFT_OUT else rest


def _step(data: Any, languages: Sequence[str]) -> tuple[StepFields | None, list[LeftOut]]:
    kind = KINDS.get(str(next(iter(data)))) if isinstance(data, dict) and data else None
    if kind is None:
        return None, [LeftOut((), data)]
    step, left_out = mended(kind, data, languages)
    return step, left_out if step is not None else [LeftOut((), data)]


def mended(model: type[Model], data: Any, languages: Sequence[str]) -> tuple[Model | None, list[LeftOut]]:
    """The data as fields, without what cannot be read in it; None where nothing can be left out that would help."""
    data, left_out = deepcopy(data), list[LeftOut]()
    for _ in range(MOST_MENDED):
        error = _first_error(model, data)
        if error is None:
            return model.model_validate(data), left_out
        path = real_path(error["loc"], data)
        at = (*path, str(error["loc"][-1])) if error["type"] == "missing" else path
        if not at:
            return None, left_out
        if not _put_in(model, data, at, languages):
            if error["type"] == "missing":
                at = path
            if not at:
                return None, left_out
            left_out.append(LeftOut(at, _taken_out(data, at)))
    return None, left_out


def _first_error(model: type[BaseModel], data: Any) -> Any:
    try:
        model.model_validate(data)
    except ValidationError as failed:
        return failed.errors()[0]
    return None


def _put_in(model: type[BaseModel], data: Any, at: SourcePath, languages: Sequence[str]) -> bool:
    """Put something where it can be read, what is written there if that is possible; False where nothing helps."""
    beside, key = inside(data, at[:-1]), at[-1]
    there = key in beside if isinstance(beside, dict) else True
    before = beside[key] if there else None
    for candidate in _candidates(before, languages):
        beside[key] = candidate
        if not _wrong_at(model, data, at) and (not isinstance(candidate, dict) or _is_spoken(model, data, at)):
            beside[key] = candidate
            return True
    if there:
        beside[key] = before
    else:
        del beside[key]
    return False


def _is_spoken(model: type[BaseModel], data: Any, at: SourcePath) -> bool:
    """Whether words by language stand at a place: other mappings take any key."""
    inside(data, at[:-1])[at[-1]] = {UNKNOWN: UNKNOWN}
    return _wrong_at(model, data, at)


def _candidates(written: Any, languages: Sequence[str]) -> Iterator[Any]:
    if isinstance(written, str) and written.strip():
        yield dict.fromkeys(languages, written)
        yield "_".join(written.split())
    yield dict.fromkeys(languages, "…")
    yield UNKNOWN


def _wrong_at(model: type[BaseModel], data: Any, at: SourcePath) -> bool:
    try:
        model.model_validate(data)
    except ValidationError as failed:
        return any(real_path(error["loc"], data)[: len(at)] == at for error in failed.errors())
    return False


def _taken_out(data: Any, at: SourcePath) -> Any:
    beside = inside(data, at[:-1])
    return beside.pop(at[-1])
