"""The last crossings: orders of several columns are changed at once, where no column alone could be bettered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from ivr.drawing.columns import Columns, Item, Segment

TRIED_WHOLLY, TRIED_NEAR = 4, 6
"""So many items of a column are tried in every order; so many in every order that moves one of them."""
ROUNDS = 3
_Order = tuple[Item, ...]


def polished(columns: Columns, segments: Sequence[Segment], least: int) -> tuple[Columns, int]:
    """The columns with the fewest crossings that can be had by changes near the order they are in."""
    to_column: dict[str, int] = {item.id: at for at, column in enumerate(columns) for item in column}
    between: list[list[Segment]] = [[] for _ in columns]
    for segment in segments:
        between[to_column[segment.target]].append(segment)
    for _ in range(ROUNDS if least else 0):
        found, now = _best(columns, between)
        if now >= least:
            break
        columns, least = found, now
    return columns, least


def _best(columns: Columns, between: Sequence[Sequence[Segment]]) -> tuple[Columns, int]:
    """The best of all combinations of the orders near these, column after column."""
    kept: list[tuple[int, _Order, int]] = [(0, order, -1) for order in _near(columns[0])]
    history = [kept]
    for column, segments in zip(columns[1:], between[1:], strict=True):
        following = []
        for order in _near(column):
            place = {item.id: at for at, item in enumerate(order)}
            costs = (cost + _crossings(before, place, segments) for cost, before, _ in kept)
            cost, at = min((cost, at) for at, cost in enumerate(costs))
            following.append((cost, order, at))
        history.append(following)
        kept = following
    least, at = min((cost, at) for at, (cost, _, _) in enumerate(kept))
    found: Columns = []
    for states in reversed(history):
        _, order, at = states[at]
        found.append(list(order))
    return found[::-1], least


def _near(column: Sequence[Item]) -> list[_Order]:
    if len(column) <= TRIED_WHOLLY:
        return list(permutations(column))
    return [tuple(column), *(_moved(column) if len(column) <= TRIED_NEAR else ())]


def _moved(column: Sequence[Item]) -> Iterator[_Order]:
    for item in column:
        others = [other for other in column if other is not item]
        for at in range(len(column)):
            yield (*others[:at], item, *others[at:])


def _crossings(before: _Order, place: dict[str, int], segments: Sequence[Segment]) -> int:
    from_ = {item.id: at for at, item in enumerate(before)}
    ends = [place[s.target] for s in sorted(segments, key=lambda s: (from_[s.source], s.leaves))]
    return sum(above > below for at, above in enumerate(ends) for below in ends[at + 1 :])
