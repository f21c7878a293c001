"""From the data of a source to fields: every mistake a finding with its place, its likely fix, and an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ivr.errors import Finding
from ivr.flow.examples import FEW, Examples
from ivr.flow.key_places import known_keys
from ivr.flow.mistakes import Reading, likely_key, real_path
from ivr.source.misspelt import inside, rename
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class HowRead:
    """`as_meant`: where nothing is wrong but keys that are misspelt or too many, the source is put right and read.
    `examples` are for keys that are missing."""

    as_meant: bool = False
    examples: Examples = FEW


USUAL = HowRead()


def read_fields(
    model: type[Model],
    source: Source,
    findings: list[Finding],
    path: SourcePath = (),
    how: HowRead = USUAL,
) -> Model | None:
    """Validate the part of a source at `path`; mistakes become findings, with did-you-mean for misspelt keys, and for
    a key that is missing an example.
    """
    data = inside(source.data, path)
    try:
        return model.model_validate(data)
    except ValidationError as failed:
        errors: list[Any] = list(failed.errors())
    strange = [error for error in errors if error["type"] == "extra_forbidden"]
    meant = {error["loc"]: _meant_by(error, model, data) for error in strange}
    reading = Reading(model, source, path, data, how.examples)
    seen: set[tuple[int, int, str]] = set()
    for error in errors:
        if _follows_from_another(error, meant, data) or reading.follows_from_another_kind(error):
            continue
        finding = reading.explained(error)
        missing = finding.message if error["type"] == "missing" else ""
        if (finding.line, finding.column, missing) not in seen:
            seen.add((finding.line, finding.column, missing))
            findings.append(finding)
    if not how.as_meant or not strange:
        return None
    for error in strange:
        _put_right(source, (*path, *real_path(error["loc"], data)), meant[error["loc"]])
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _meant_by(error: Any, model: type[BaseModel], data: Any) -> str:
    """The key that an unknown one was most likely meant to be, if it does not stand there already."""
    beside = inside(data, real_path(error["loc"], data)[:-1])
    known = [key for key in known_keys(model, error["loc"]) if key not in beside]
    return likely_key(model, error["loc"], known, beside)


def _follows_from_another(error: Any, meant: Mapping[Sequence[str | int], str], data: Any) -> bool:
    """Whether a misspelt key explains an error: the key it was meant to be is missing, or another form is not met."""
    loc = error["loc"]
    if error["type"] == "missing":
        return any(key == loc[-1] and at[:-1] == loc[:-1] for at, key in meant.items())
    where = real_path(loc, data)
    inner = [real_path(at, data) for at in meant]
    return error["type"] in ("string_type", "bool_type") and any(where == at[: len(where)] for at in inner)


def _put_right(source: Source, path: SourcePath, meant: str) -> None:
    beside = inside(source.data, path[:-1])
    key = str(path[-1])
    if key in beside and meant and meant not in beside:
        rename(source, path[:-1], key, meant)
    else:
        beside.pop(key, None)
