"""The longest errand: the longest way through a graph, each ring of it gone round once.

A ring is cut where it is entered: the edges back to its first node are taken out, then the rings left inside it are
cut likewise, until none is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.explore.cycles import components, rings

Weights = Mapping[tuple[int, int], float]
"""The cost of each arrow."""


def longest(nodes: int, arrows: Weights) -> tuple[float, list[int]]:
    """The dearest way from node 0 and its cost. Nodes are numbered in the order they are first come to."""
    successors: list[list[int]] = [[] for _ in range(nodes)]
    for source, target in arrows:
        successors[source].append(target)
    while found := rings(successors):
        for part in found:
            inside, header = set(part), min(part)
            for node in part:
                successors[node] = [to for to in successors[node] if to != header or node not in inside]
    best: dict[int, tuple[float, int | None]] = {}
    for (node,) in components(successors):
        ways = [(arrows[(node, to)] + best[to][0], to) for to in successors[node]]
        best[node] = max(ways, default=(0.0, None), key=lambda way: way[0])
    return best[0][0], _way(best)


def _way(best: Mapping[int, tuple[float, int | None]]) -> list[int]:
    way = [0]
    while (to := best[way[-1]][1]) is not None:
        way.append(to)
    return way


def seconds_spoken(text: str) -> float:
    """How long a voice takes to say a text: about four and a half Chinese characters, or fifteen letters, a second."""
    wide = sum(c >= "\u2e80" for c in text)
    return wide / 4.5 + (len(text) - wide) / 15


def most(values: Sequence[float]) -> float:
    """The greatest of some values, 0 where there is none."""
    return max(values, default=0.0)
