"""An arrow between two strands, while its way is looked for."""

from __future__ import annotations

from typing import NamedTuple

from ivr.drawing.graph import Arrow

STRAIGHT = 0.3
"""How much of its height in a strand a card counts where it draws its successor: with all of it the picture would run
downhill."""


class Link(NamedTuple):
    """An arrow from one strand to another. `leaves` and `pulls`: see `Segment`."""

    number: int
    arrow: Arrow
    source: str
    target: str
    leaves: float
    pulls: float
