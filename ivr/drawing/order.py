"""The order within columns, so that few arrows cross: each near the middle of its neighbours, then pairs exchanged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence

from ivr.drawing.columns import Columns, Item, Segment

SWEEPS = 24
EXCHANGES = 8
SIFTED = 40
"""Longer columns are not looked through so thoroughly."""
_Key = tuple[float, float]
_Ends = tuple[list[_Key], list[_Key]]


def ordered(columns: Columns, segments: Sequence[Segment]) -> tuple[Columns, int]:
    """The columns in their best order found, and how many arrows cross in it."""
    best, least = columns, -1
    for start in (columns, [column[::-1] for column in columns]):
        ordering = _Ordering(start, segments)
        for sweep in range(SWEEPS):
            ordering.sweep(forward=sweep % 2 == 0, turned=sweep % 4 > 1)
            ordering.exchange()
            ordering.sift(level=sweep % 3 > 0)
            now = ordering.crossings()
            if least < 0 or now < least:
                best, least = ordering.copy(), now
            if not least:
                return best, least
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

    def sweep(self, *, forward: bool, turned: bool) -> None:
        """Every item to the middle of those it is joined to on one side; `turned`: of equals the last one first."""
        for column in self.columns if forward else reversed(self.columns):
            if turned:
                column.reverse()
            wanted = {item.id: self._middle(item, forward) for item in column}
            column.sort(key=lambda item: wanted[item.id])
            self._note(column)

    def _middle(self, item: Item, forward: bool) -> float:
        here = float(self.place[item.id])
        if forward:
            near = [self.place[s.source] + s.leaves / 1000 for s in self.left.get(item.id, ())]
        else:
            near = [self.place[s.target] - s.leaves / 1000 for s in self.right.get(item.id, ())]
        return sum(near) / len(near) if near else here

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

    def sift(self, *, level: bool) -> None:
        """Each item of a short column to the place in it where fewest arrows cross, past several others if need be.

        `level`: it moves where that is as good as staying, since from there others may find better places.
        """
        for column in self.columns:
            if not 2 < len(column) <= SIFTED:
                continue
            keys = {item.id: self._ends(item) for item in column}
            for item in list(column):
                self._sift(column, item, keys, level)
            self._note(column)

    def _sift(self, column: list[Item], item: Item, keys: Mapping[str, _Ends], level: bool) -> None:
        others = [other for other in column if other is not item]
        at = column.index(item)
        mine, change, best, place = keys[item.id], 0, 0, at
        for moved in range(at - 1, -1, -1):
            theirs = keys[others[moved].id]
            change += _crossed(mine, theirs) - _crossed(theirs, mine)
            if change < best + level:
                best, place = change, moved
        change = 0
        for moved in range(at, len(others)):
            theirs = keys[others[moved].id]
            change += _crossed(theirs, mine) - _crossed(mine, theirs)
            if change < best + level:
                best, place = change, moved + 1
        others.insert(place, item)
        column[:] = others

    def _ends(self, item: Item) -> _Ends:
        """Where the arrows of an item come from and lead to, in order."""
        left = sorted((float(self.place[s.source]), s.leaves) for s in self.left.get(item.id, ()))
        right = sorted((float(self.place[s.target]), 0.0) for s in self.right.get(item.id, ()))
        return left, right


def _crossed(upper: _Ends, lower: _Ends) -> int:
    """How many arrows of two neighbours cross one another."""
    return sum(bisect_left(below, each) for above, below in zip(upper, lower, strict=True) for each in above)
