"""What all steps of a kind have in common: each question that a tool asks of a kind is answered here, by the kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Back = Literal["remembered", "passed", "barrier"]
"""What `back` makes of a step: it leads to the last one remembered; it never goes past a barrier, because a finished
case or a transfer cannot be undone."""


Shape = Literal["rounded", "bubble", "cut", "dashed", "double", "folded", "pill"]
"""The outline of a step's card: a question rounded, words a bubble, a decision with cut corners, values dashed, another
flow with double sides, a case with a folded corner, a person a pill."""


class ExitWords(NamedTuple):
    """An exit in sentences, as codes of the catalogue.

    `leaving` is what makes a caller leave by it ("a busy desk"), the subject of "... now leads to"; `callers` says
    what the callers did who left by it ("who found the desk of {step} busy").
    """

    leaving: str
    callers: str


EVERY_KIND: Mapping[str, ExitWords] = {
    "next": ExitWords("steps.leaving.next", "steps.callers.next"),
    "no_input": ExitWords("steps.leaving.no-input", "steps.callers.no-input"),
    "no_match": ExitWords("steps.leaving.no-match", "steps.callers.no-match"),
}
"""Exits that have the same words in every kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of step.

    `name` is its key in a file, which holds the object of the step. For its card in a picture: `shape`, `icon` (one
    character), `outline` (the same drawn: an SVG path in a square of 16), `row_words` (by exit, the code of what its
    row says), and `together`: exits that share a row where they lead to one place, with what that row says. `back` is
    for the engine. `menu`: a promise counts it under `menus`. `steers`: its caller chooses where to go, rather than
    answers what is asked. `informs`: what it says is an answer to the caller. `own_exits`: an author writes each exit
    for itself, so that one no call takes is reported even where another leads to the same place. `called` is the code
    of its name in sentences, `also_called` what people write for it who do not know its name; `exit_words` are the
    words for the exits of this kind alone, of numbered exits ("arm 2") by their first word.
    """

    name: str
    shape: Shape
    icon: str
    called: str
    outline: str = ""
    row_words: Mapping[str, str] = field(default_factory=dict, hash=False)
    together: tuple[tuple[tuple[str, ...], str], ...] = ()
    back: Back = "passed"
    menu: bool = False
    steers: bool = False
    informs: bool = False
    own_exits: bool = False
    also_called: tuple[str, ...] = ()
    exit_words: Mapping[str, ExitWords] = field(default_factory=dict, hash=False)


def exit_words(kind: Kind | None, exit: str) -> ExitWords | None:
    """The words a kind has for an exit; None where it has none, as for the choices of a menu."""
    own = kind.exit_words if kind else {}
    return EVERY_KIND.get(exit) or own.get(exit.partition(" ")[0])
