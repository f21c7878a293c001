"""What the columns of a band hold while they are put in order: items, and the segments of arrows between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(slots=True)
class Item:
    """A strand, or the place where an arrow passes through a column. `small`: another flow that is gone to."""

    id: str
    column: int
    h: float
    passing: bool = False
    small: bool = False
    y: float = 0.0


class Segment(NamedTuple):
    """A piece of an arrow between two columns beside one another.

    `leaves` orders those of one item; `pulls` and `enters` say how far below its item each end is drawn to the other.
    """

    source: str
    target: str
    leaves: float
    pulls: float
    enters: float
    weight: float


Columns = list[list[Item]]
