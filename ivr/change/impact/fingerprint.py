"""Whether compiled steps of two releases are the same, compared whole, inherited fields included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.steps.step import Step
from ivr.steps.target import Target


def same(old: Step, new: Step, renamed: Mapping[str, str]) -> bool:
    """Whether two steps are the same in all; targets that have a new name in `renamed` have that."""
    return alike(old, new, renamed)


def same_routing(old: Step, new: Step, renamed: Mapping[str, str]) -> bool:
    """Whether two steps lead a caller of a replay alike: whatever their words and their waiting times."""
    return alike(old, new, renamed, heard=False)


def alike(old: Any, new: Any, renamed: Mapping[str, str], *, heard: bool = True) -> bool:
    """Whether two parts have the same `value`. Most are equal, and tens of thousands of words need no values then."""
    if type(old) is not type(new) or isinstance(old, Target):
        return bool(value(old, renamed, heard=heard) == value(new, renamed, heard=heard))
    if old == new:
        return True
    if isinstance(old, Mapping):
        return old.keys() == new.keys() and all(alike(old[k], new[k], renamed, heard=heard) for k in old)
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(alike(*pair, renamed, heard=heard) for pair in zip(old, new, strict=True))
    if names := _compared(old, heard):
        return all(alike(getattr(old, name), getattr(new, name), renamed, heard=heard) for name in names)
    return bool(value(old, renamed, heard=heard) == value(new, renamed, heard=heard))


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
    compared = _compared(part, heard)
    return (type(part).__name__, *((name, value(getattr(part, name), renamed, heard=heard)) for name in compared))


def _compared(part: object, heard: bool) -> list[str]:
    left_out = {"name"} if heard else {"name", *getattr(part, "HEARD", ())}
    return [name for name in getattr(part, "__slots__", ()) if name not in left_out]
