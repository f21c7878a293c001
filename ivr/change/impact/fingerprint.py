"""Compiled steps as nested tuples, so that two releases' steps can be compared whole, inherited fields included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.steps.step import Step
from ivr.steps.target import Target


def full(step: Step, renamed: Mapping[str, str]) -> Any:
    """All of a step; targets that have a new name in `renamed` have that."""
    return value(step, renamed)


def routing(step: Step, renamed: Mapping[str, str]) -> Any:
    """What of a step can divert a caller in a replay: not its words, not its waiting times."""
    return value(step, renamed, heard=False)


def value(part: Any, renamed: Mapping[str, str], *, heard: bool = True) -> Any:
    """Any part of a step; without `heard` the attributes that its class names in `HEARD` are left out."""
    match part:
        case Target(to="step", name=name):
            return f"step {renamed.get(name, name)}"
        case Target():
            return str(part)
        case Mapping():
            return tuple(sorted((str(k), value(v, renamed, heard=heard)) for k, v in part.items()))
        case list() | tuple():
            return tuple(value(one, renamed, heard=heard) for one in part)
        case set() | frozenset():
            return tuple(sorted(map(str, part)))
        case str() | int() | float() | None:
            return str(part)
    left_out = {"name"} if heard else {"name", *getattr(part, "HEARD", ())}
    names = [name for name in getattr(part, "__slots__", ()) if name not in left_out]
    return (type(part).__name__, *((name, value(getattr(part, name), renamed, heard=heard)) for name in names))
