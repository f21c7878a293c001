"""The order within columns, so that few arrows cross: each near the middle of its neighbours, then pairs exchanged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from ivr.drawing.columns import Columns, Item, Segment

SWEEPS = 24
EXCHANGES = 8
_Key = tuple[float, float]


def ordered(columns: Columns, segments: Sequence[Segment]) -> tuple[Columns, int]:
    """The columns in their best order found, and how many arrows cross in it."""
    ordering = _Ordering(columns, segments)
    best, least = ordering.copy(), ordering.crossings()
    for sweep in range(SWEEPS):
        if not least:
            break
        ordering.sweep(forward=sweep % 2 == 0)
        ordering.exchange()
        now = ordering.crossings()
        if now < least:
            best, least = ordering.copy(), now
    return best, least


class _Ordering:
    def __init__(self, columns: Columns, segments: Sequence[Segment]) -> None:
        self.columns = [list(column) for column in columns]
        self.place: dict[str, int] = {}
        self.left: dict[str, list[Segment]] = {}
        self.right: dict[str, list[Segment]] = {}
        for segment in segments:
            self.right.setdefault(segment.source, []).append(segment)
            self.left.setdefault(segment.target, []).append(segment)
        for column in self.columns:
            self._note(column)

    def copy(self) -> Columns:
        return [list(column) for column in self.columns]

    def _note(self, column: list[Item]) -> None:
        for at, item in enumerate(column):
            self.place[item.id] = at

    def crossings(self) -> int:
        total = 0
        for column in self.columns:
            seen: list[int] = []
            for item in column:
                for segment in sorted(self.right.get(item.id, ()), key=self._leaving):
                    at = self.place[segment.target]
                    total += len(seen) - bisect_right(seen, at)
                    insort(seen, at)
        return total

    def _leaving(self, segment: Segment) -> tuple[float, int]:
        return segment.leaves, self.place[segment.target]

    def sweep(self, *, forward: bool) -> None:
        """Every item to the middle of those it is joined to on one side."""
        for column in self.columns if forward else reversed(self.columns):
            wanted = {item.id: self._middle(item, forward) for item in column}
            column.sort(key=lambda item: wanted[item.id])
            self._note(column)

    def _middle(self, item: Item, forward: bool) -> _Key:
        here = float(self.place[item.id])
        if forward:
            near = [self.place[s.source] + s.leaves / 1000 for s in self.left.get(item.id, ())]
        else:
            near = [self.place[s.target] - s.leaves / 1000 for s in self.right.get(item.id, ())]
        return (sum(near) / len(near) if near else here, here)

    def exchange(self) -> None:
        """Neighbours change places while that makes fewer arrows cross."""
        for _ in range(EXCHANGES):
            improved = False
            for column in self.columns:
                keys = [self._ends(item) for item in column]
                for at in range(len(column) - 1):
                    if _crossed(keys[at + 1], keys[at]) < _crossed(keys[at], keys[at + 1]):
                        column[at], column[at + 1] = column[at + 1], column[at]
                        keys[at], keys[at + 1] = keys[at + 1], keys[at]
                        improved = True
                self._note(column)
            if not improved:
                return

    def _ends(self, item: Item) -> tuple[list[_Key], list[_Key]]:
        """Where the arrows of an item come from and lead to, in order."""
        left = sorted((float(self.place[s.source]), s.leaves) for s in self.left.get(item.id, ()))
        right = sorted((float(self.place[s.target]), 0.0) for s in self.right.get(item.id, ()))
        return left, right


def _crossed(upper: tuple[list[_Key], list[_Key]], lower: tuple[list[_Key], list[_Key]]) -> int:
    """How many arrows of two neighbours cross one another."""
    return sum(bisect_left(below, each) for above, below in zip(upper, lower, strict=True) for each in above)
