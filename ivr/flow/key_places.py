"""The keys of a file by the models that read it: which may stand at a place, and where else one belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from ivr.steps.fields import RetryFields


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the mapping a path leads into, walking the model's types. The path ends with a key of it."""
    return [key for candidate in models_at(model, loc) for key in _keys(candidate)]


def models_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[type[BaseModel]]:
    """The models of the mapping a path leads into."""
    here: Any = model
    for part in loc[:-1]:
        for candidate in _models(here):
            names = {(f.alias or n): f for n, f in candidate.model_fields.items()}
            if part in names:
                here = names[str(part)].annotation
                break
    return _models(here)


def places_of(model: type[BaseModel], loc: Sequence[str | int], key: str) -> list[str]:
    """Where a key belongs that is unknown at a place, deeper below it: up to three places."""
    deeper = [place for candidate in models_at(model, loc) for place in _deeper(candidate, key, 2)]
    return list(dict.fromkeys(deeper))[:3]


def belongs_at_top(model: type[BaseModel], loc: Sequence[str | int], key: str) -> bool:
    """Whether a key that is unknown at a place is one of those that belong under no other."""
    return len(loc) > 1 and key in _keys(model)


def _deeper(model: type[BaseModel], key: str, levels: int) -> Iterator[str]:
    for name, info in model.model_fields.items():
        for inner in _models(info.annotation):
            if key in _keys(inner):
                yield f"{info.alias or name}:"
            elif levels > 1 and inner is not RetryFields:
                yield from (f"{info.alias or name}: NAME: {place}" for place in _deeper(inner, key, levels - 1))


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found: list[type[BaseModel]] = []
    for part in getattr(annotation, "__args__", ()):
        found += _models(part)
    return found
