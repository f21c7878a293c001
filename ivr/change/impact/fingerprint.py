"""What compiled steps are made of, so that two releases' steps can be compared whole, inherited fields included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.steps.step import Step
from ivr.steps.target import Target

WORDS = frozenset({
    "prompt", "again", "say", "said", "announced", "hints", "yes_no_hints", "consent_hints", "label", "whisper",
    "interrupt", "confirm",
})  # fmt: skip
TIMES = frozenset({"wait", "gap", "ring", "at_most"})


def traits(value: Any, steps: Mapping[str, str], without: frozenset[str] = frozenset()) -> Any:
    """A value as nested tuples; targets by the draft's names, tests of a condition left to the fields."""
    match value:
        case Target(to="step", name=name):
            return f"step {steps.get(name, name)}"
        case Target():
            return str(value)
        case Mapping():
            return tuple(sorted((str(k), traits(v, steps, without)) for k, v in value.items()))
        case list() | tuple():
            return tuple(traits(one, steps, without) for one in value)
        case set() | frozenset():
            return tuple(sorted(map(str, value)))
        case str() | int() | float() | None:
            return str(value)
    if callable(value):
        return "test"
    names = [name for name in getattr(value, "__slots__", ()) if name not in without and name != "name"]
    return (type(value).__name__, *((name, traits(getattr(value, name), steps, without)) for name in names))


def whole(step: Step, steps: Mapping[str, str]) -> Any:
    """All of a step."""
    return traits(step, steps)


def way(step: Step, steps: Mapping[str, str]) -> Any:
    """Of a step what can lead a caller elsewhere in a replay: not its words, not its waiting times."""
    found = traits(step, steps, WORDS | TIMES)
    return (found, bool(getattr(step, "confirm", "")))
