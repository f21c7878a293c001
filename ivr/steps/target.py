"""Targets: where an exit leads. The same six everywhere a flow author may write one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

TARGET_WORDS = ("return", "repeat", "back", "goodbye")
"""The targets that are a word of their own."""
RESERVED = frozenset({*TARGET_WORDS, "flow"})


@dataclass(frozen=True, slots=True)
class Target:
    """`to` is the kind; `name` the step, the flow, or the outcome a `return` carries (empty: none)."""

    to: Literal["step", "return", "flow", "repeat", "back", "goodbye"]
    name: str = ""

    def __str__(self) -> str:
        if self.to == "step":
            return self.name
        return f"{self.to} {self.name}".strip()


GOODBYE = Target("goodbye")
BACK = Target("back")
REPEAT = Target("repeat")


def parse_target(text: str) -> Target:
    """Read a target as an author writes it. ValueError with a sentence when it is none of the six."""
    words = text.split()
    match words:
        case ["return"]:
            return Target("return")
        case ["return", word]:
            return Target("return", word)
        case ["flow", name]:
            return Target("flow", name)
        case ["repeat"]:
            return REPEAT
        case ["back"]:
            return BACK
        case ["goodbye"]:
            return GOODBYE
        case ["flow"]:
            raise ValueError('"flow" needs the name of a flow behind it')
        case [name]:
            return Target("step", name)
        case [first, name] if near := get_close_matches(first, ["flow", "return"], n=1):
            raise ValueError(f'"{text}" is not a target; did you mean "{near[0]} {name}"?')
    raise ValueError(
        f'"{text}" is not a target: write a step, "return", "return WORD", "flow NAME", "repeat", "back" or "goodbye"'
    )
