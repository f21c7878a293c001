"""What all steps of a kind have in common: each question that a tool asks of a kind is answered here, by the kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Back = Literal["remembered", "passed", "barrier"]
"""What `back` makes of a step: it leads to the last one remembered; it never goes past a barrier, because a finished
case or a transfer cannot be undone."""


Shape = Literal["rounded", "bubble", "cut", "dashed", "double", "folded", "pill"]
"""The outline of a step's card: a question rounded, words a bubble, a decision with cut corners, values dashed, another
flow with double sides, a case with a folded corner, a person a pill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of step.

    `name` is its key in a file, which holds the object of the step. `shape` and `icon` (one character) are for its card
    in a picture of the flow. `back` is for the engine. `menu`: a promise counts it under `menus`. `steers`: its caller
    chooses where to go, rather than answers what is asked. `informs`: what it says is an answer to the caller.
    `own_exits`: an author writes each exit for itself, so that one no call takes is reported even where another leads
    to the same place.
    """

    name: str
    shape: Shape
    icon: str
    back: Back = "passed"
    menu: bool = False
    steers: bool = False
    informs: bool = False
    own_exits: bool = False

    def __str__(self) -> str:
        return self.name
