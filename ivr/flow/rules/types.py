"""One name, one type: steps that save different kinds of thing under one name."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.hotline import TYPES
from ivr.flow.rules.survey import Survey

PLAIN = frozenset({*TYPES, "language"})


def words_of(type_: str) -> frozenset[str] | None:
    """The words of a closed list; None for a type that is none."""
    return None if type_ in PLAIN or type_[:1] in ("=", '"') else frozenset(type_.split())


def two_types(survey: Survey) -> Iterable[Finding]:
    """`two-types`: two steps of a flow save different types under one name (FLOWS 1.2)."""
    for flow in survey.release.flows.values():
        types = {name: (_plain(type_), "takes") for name, type_ in flow.takes.items()}
        for step in flow.steps.values():
            for name, type_ in step.declared.sets.items():
                plain = _plain(type_)
                if plain is None or "." in name:
                    continue
                first, where = types.setdefault(name, (plain, step.name))
                if first != plain:
                    message = f'"{name}" is {plain} here, and {first} in "{where}".'
                    hint = "Save one of them under another name."
                    inside = "save" if "save" in survey.data(flow.name, step.name) else step.kind
                    yield survey.at(flow.name, step.name, "two-types", message, hint, path=(inside,))


def _plain(type_: str) -> str | None:
    """A type in words; None for a literal or a copy, whose type another step has."""
    if type_[:1] in ("=", '"'):
        return None
    return "a word of a list" if words_of(type_) is not None else type_


RULES = (two_types,)
