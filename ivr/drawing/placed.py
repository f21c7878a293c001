"""A picture with every place decided: what the formats draw, and what layers over a picture build upon."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ivr.drawing.boxes import Box
from ivr.drawing.graph import Arrow, Graph
from ivr.drawing.measure import plain


class Run(NamedTuple):
    """A piece of an arrow that goes straight on, past all that stands in a column."""

    x: float
    to: float
    y: float


@dataclass(slots=True)
class Route:
    """The way of an arrow. `starts`: the height of each of its rows, at the card's edge; `runs`: the straight pieces,
    joined by curves; `end`: its head. `down`: it leads to the card below in the same strand, from `end` alone."""

    arrow: Arrow
    starts: list[float]
    runs: list[Run]
    end: tuple[float, float]
    down: bool = False


@dataclass(slots=True)
class Band:
    """Columns beside one another, from `top`."""

    top: float
    height: float
    cards: list[str]


@dataclass
class Placed:
    """A graph and its places. `boxes` by card; a flow that is gone to has none where a chip says all of it.

    `jumps`: by card and row, the card in another band it leads to; `inner`: by card, the flow opened in it;
    `crossings`: how many arrows cross.
    """

    graph: Graph
    boxes: dict[str, Box]
    inner: dict[str, Placed] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    jumps: dict[tuple[str, int], str] = field(default_factory=dict)
    bands: list[Band] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    crossings: int = 0

    @cached_property
    def routes_down(self) -> dict[str, list[Route]]:
        """By card, the arrows that lead to the card below in the same strand."""
        found: dict[str, list[Route]] = {}
        for route in self.routes:
            if route.down:
                found.setdefault(route.arrow.source, []).append(route)
        return found

    def jump_title(self, card: str, row: int) -> str:
        """The name of the card in another band that a row leads to, the step's where the title is also another card's;
        empty where it leads to none."""
        target = self.graph.cards.get(self.jumps.get((card, row), ""))
        if target is None:
            return ""
        return plain(target.id) if target.is_step and self._titles[target.title] > 1 else target.title

    def jump(self, card: str, row: int) -> tuple[str, str]:
        """The same name, and what its sign is: "jump", or "flag" for another flow, of which nothing else is drawn."""
        target = self.graph.cards.get(self.jumps.get((card, row), ""))
        return self.jump_title(card, row), "flag" if target and not target.is_step else "jump"

    @cached_property
    def _titles(self) -> Counter[str]:
        return Counter(card.title for card in self.graph.cards.values())
