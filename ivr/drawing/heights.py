"""How high each item stands in its column: near those it is joined to, in its order, with gaps between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.drawing.columns import Columns, Item, Segment

SWEEPS = 14
GAP, GAP_SMALL, GAP_BESIDE_ARROW, GAP_OF_ARROWS = 26.0, 14.0, 16.0, 12.0
_LOOSE = 0.05
"""The weight with which an item that is joined to nothing stays where it is."""

_Pull = tuple[Item, float, float]


def set_heights(columns: Columns, segments: Sequence[Segment]) -> None:
    """Give every item its `y`, to and fro through the columns."""
    items = {item.id: item for column in columns for item in column}
    left: dict[str, list[_Pull]] = {}
    right: dict[str, list[_Pull]] = {}
    for s in segments:
        left.setdefault(s.target, []).append((items[s.source], s.pulls - s.enters, s.weight))
        right.setdefault(s.source, []).append((items[s.target], s.enters - s.pulls, s.weight))
    for column in columns:
        for item, offset in zip(column, _offsets(column), strict=True):
            item.y = offset
    for sweep in range(SWEEPS):
        last = sweep >= SWEEPS - 2
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            _fit(column, [left, right] if last else [left] if forward else [right])


def _gap(above: Item, below: Item) -> float:
    if above.passing and below.passing:
        return GAP_OF_ARROWS
    if above.passing or below.passing:
        return GAP_BESIDE_ARROW
    return GAP_SMALL if above.small and below.small else GAP


def _offsets(column: Sequence[Item]) -> list[float]:
    """The least height of each item below the first."""
    found, y = [], 0.0
    for at, item in enumerate(column):
        if at:
            y += column[at - 1].h + _gap(column[at - 1], item)
        found.append(y)
    return found


def _fit(column: Sequence[Item], sides: Sequence[Mapping[str, Sequence[_Pull]]]) -> None:
    """Least squares under the order and the gaps: neighbours that push one another move as one block."""
    blocks: list[tuple[float, float, int]] = []
    offsets = _offsets(column)
    for item, offset in zip(column, offsets, strict=True):
        pulls = [pull for side in sides for pull in side.get(item.id, ())]
        weight = sum(each for _, _, each in pulls)
        wanted = sum((other.y + by) * each for other, by, each in pulls) / weight if weight else item.y
        value, weight, count = wanted - offset, weight or _LOOSE, 1
        while blocks and blocks[-1][0] > value:
            above, heavy, many = blocks.pop()
            value = (above * heavy + value * weight) / (heavy + weight)
            weight, count = weight + heavy, count + many
        blocks.append((value, weight, count))
    heights = [value for value, _, count in blocks for _ in range(count)]
    for item, offset, value in zip(column, offsets, heights, strict=True):
        item.y = value + offset
