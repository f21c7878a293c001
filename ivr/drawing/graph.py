"""The picture's model, without places: a card for each step, a row for each way out, an arrow from rows to a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ivr.steps.kind import Shape

Tone = Literal["choice", "way", "give-up"]
"""What a row stands for: a choice of the caller, another way out, or a question that is given up."""
End = Literal["", "goodbye", "return", "repeat", "back", "flow", "loop", "missing"]
"""How a row ends that has no arrow: the call ends, the flow returns, the step is asked again, the caller is led back,
a give-up leads into a flow, the way goes back to a card before, or to a step there is not. Empty: an arrow leaves."""
CardShape = Shape | Literal["flag", "unknown"]
"""The outline of a card: its kind's; a flag for another flow that is gone to; unknown for a step nobody could read."""


@dataclass(slots=True)
class Row:
    """A way out of a step. `exits`: every exit of the step it stands for; each stands in one row only. There is none
    where a way out could not be read.

    `leads`: the card an arrow goes to, or that a loop goes back to. `word` stands beside the sign of an `end`: the
    outcome a flow returns, or where the way goes. `key`: the key to press, in a cap. `problems`: what is wrong with it.
    """

    exits: tuple[str, ...]
    tone: Tone = "way"
    key: str = ""
    label: str = ""
    end: End = ""
    leads: str = ""
    word: str = ""
    problems: Sequence[str] = ()


@dataclass(slots=True)
class Card:
    """A step, or another flow that is gone to. `id` is the step's name; of a flow that is gone to it is not one.

    `title` is its name, `about` what it is about, `words` what it says or does, a paragraph each (`most` lines are
    shown). `whole` is told on hovering. `runs`: the flow it goes through or to; `inner`: that flow, opened in place.
    `problems`: what is wrong with it, in sentences. `lost`: it goes through or to a flow there is not.
    """

    id: str
    shape: CardShape
    kind: str = ""
    icon: str = ""
    title: str = ""
    about: str = ""
    words: Sequence[str] = ()
    most: int = 2
    whole: str = ""
    rows: list[Row] = field(default_factory=list)
    runs: str = ""
    inner: Graph | None = None
    problems: Sequence[str] = ()
    lost: bool = False

    @property
    def is_step(self) -> bool:
        """Whether it is a step of this flow, not another flow that is gone to."""
        return self.shape != "flag"

    @property
    def bare(self) -> bool:
        """Whether its only way out needs no words, so that its arrow leaves beside the title."""
        return len(self.rows) == 1 and not self.rows[0].key and not self.rows[0].label


@dataclass(slots=True)
class Arrow:
    """From rows of a card, by their numbers, to another card."""

    source: str
    target: str
    rows: tuple[int, ...]
    tone: Tone = "way"


@dataclass(slots=True)
class Graph:
    """One flow. `cards` by id, in the order of the file; `first` is where it begins; `language` is of its words."""

    flow: str
    title: str
    language: str
    first: str
    cards: dict[str, Card]
    arrows: list[Arrow]

    def leading_from(self, card: str, exit: str) -> Row | None:
        """The row in which an exit of a card stands."""
        rows = self.cards[card].rows if card in self.cards else []
        return next((row for row in rows if exit in row.exits), None)
