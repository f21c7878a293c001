"""Bands: a picture that is too wide goes on below, broken where the fewest arrows are cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ivr.drawing.layers import Pair

TOO_WIDE = 1.25
_CUT, _BREAK, _RAGGED = 3.0, 2.0, 4.0


def crossed(layer: Mapping[str, int], pairs: Iterable[Pair]) -> list[int]:
    """For each column, to how many targets arrows lead across its left edge."""
    from_: dict[str, int] = {}
    for source, target in pairs:
        from_[target] = min(from_.get(target, layer[target]), layer[source])
    change = [0] * (max(layer.values(), default=0) + 3)
    for target, first in from_.items():
        change[first + 1] += 1
        change[layer[target] + 1] -= 1
    total, found = 0, []
    for each in change:
        total += each
        found.append(total)
    return found


def breaks(widths: Sequence[float], across: Sequence[int], wide: float) -> list[int]:
    """The columns that begin a new band, where the bands are to be at most `wide`; none if all fits nearly."""
    if sum(widths) <= wide * TOO_WIDE:
        return []
    count = len(widths)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for end in range(1, count + 1):
        width = 0.0
        for begin in range(end - 1, -1, -1):
            width += widths[begin]
            if width > wide and end - begin > 1:
                break
            cost = best[begin][0]
            if end < count:
                cost += _CUT * across[end] + _BREAK + _RAGGED * ((wide - width) / wide) ** 2
            if cost < best[end][0]:
                best[end] = (cost, begin)
    found = []
    at = best[count][1]
    while at:
        found.append(at)
        at = best[at][1]
    return found[::-1]
