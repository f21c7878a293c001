"""How a kind hands its fields to `ivr diff`: markers for the words of a change, and which fields are compared apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from ivr.steps.target import Target

ChangedPart = Literal["words", "time", "value", "case", "destination", "entry", "hours"]


@dataclass(frozen=True, slots=True)
class Reported:
    """Marks a field of a step: how `ivr diff` reports its change, as codes of the catalogue.

    `sentence` says what is {now} and was {before} at {step}; of a field that is a mapping, {name} is the entry. `gone`
    is the sentence where there is no new value. `words`: the field is written in each language, and this names it.
    `toggles`: switched on or off, the field changes what a call does, though its text is only words. `literal`: its
    text is the words themselves, never the name of a shared prompt.
    """

    what: ChangedPart
    sentence: str
    gone: str = ""
    words: str = ""
    toggles: bool = False
    literal: bool = False


class ComparedByName:
    """Marks a field that a step hands to a comparison itself, as its choices or its arms, by their names."""


def reported_fields(fields: type[BaseModel]) -> dict[str, Reported]:
    """The markers of a kind's fields, by the names they have in a file; of several the outermost."""
    return {
        about.alias or name: mark
        for name, about in fields.model_fields.items()
        for mark in about.metadata
        if isinstance(mark, Reported)
    }


def compared_apart(fields: type[BaseModel]) -> frozenset[str]:
    """The fields, by their names in a file, that say where exits lead or are compared by name."""
    return frozenset(
        about.alias or name
        for name, about in fields.model_fields.items()
        if _leads(about.annotation) or any(mark is ComparedByName for mark in about.metadata)
    )


def leading_fields(fields: type[BaseModel]) -> frozenset[str]:
    """The fields, by their names in a file, that say where exits lead."""
    return frozenset(about.alias or name for name, about in fields.model_fields.items() if _leads(about.annotation))


def entries_that_lead(fields: type[BaseModel]) -> frozenset[str]:
    """The fields, by their names in a file, that hold entries which say where they lead, as choices do."""
    return frozenset(
        about.alias or name for name, about in fields.model_fields.items() if _holds_ways(about.annotation)
    )


def _holds_ways(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _holds_ways(get_args(annotation)[0])
    if get_origin(annotation) not in (dict, list):
        return any(_holds_ways(part) for part in get_args(annotation))
    entry = get_args(annotation)[-1]
    return isinstance(entry, type) and issubclass(entry, BaseModel) and bool(leading_fields(entry))


def _leads(annotation: Any) -> bool:
    """Whether a type holds a target outside a model of its own."""
    if get_origin(annotation) is Annotated:
        return _leads(get_args(annotation)[0])
    return annotation is Target or any(_leads(part) for part in get_args(annotation))
