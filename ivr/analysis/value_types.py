"""The types of values: those that steps save, and the words of closed lists."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.flow.hotline import TYPES
from ivr.flow.model import Flow
from ivr.messages.message import Message

PLAIN = frozenset({*TYPES, "language"})


def words_of(type_: str) -> frozenset[str] | None:
    """The words of a closed list; None for a type that is none."""
    return None if type_ in PLAIN or type_[:1] in ("=", '"') else frozenset(type_.split())


def plain(type_: str) -> str | None:
    """A type in words; None for a literal or a copy, whose type another step has."""
    if type_[:1] in ("=", '"'):
        return None
    return Message("lint.shared.listed-word") if words_of(type_) is not None else type_


def sure_types(flow: Flow) -> Mapping[str, str]:
    """By name, the type of each value of a flow that all its steps agree on."""
    types: dict[str, set[str]] = {name: {type_} for name, type_ in flow.takes.items()}
    for step in flow.steps.values():
        for name, type_ in step.declared.sets.items():
            types.setdefault(name, set()).add(type_)
    return {name: next(iter(found)) for name, found in types.items() if len(found) == 1}
