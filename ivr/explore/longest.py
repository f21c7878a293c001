"""The dearest way through a graph with rings in it, none gone round twice."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.explore.cycles import components

Way = tuple[float, list[int]]
"""A cost, and the nodes it is the cost of."""
MOST_VISITS = 1_000_000
"""Nodes looked at. To find the dearest way exactly can take exponentially long; beyond these it is bounded instead."""


def longest(nodes: int, arrows: Mapping[tuple[int, int], float], most: int = MOST_VISITS) -> Way:
    """The dearest way from node 0 on which no node is passed twice: its cost is never too little.

    Beyond `most` it may be too much, and then the nodes are not those of a way.
    """
    return _Rings(nodes, arrows, most).dearest(frozenset(range(nodes)), 0, {})


class _Rings:
    """A ring is left open where it is entered, that node being passed already; then those that are left inside it."""

    def __init__(self, nodes: int, arrows: Mapping[tuple[int, int], float], most: int) -> None:
        self.out: dict[int, dict[int, float]] = {node: {} for node in range(nodes)}
        for (source, target), cost in arrows.items():
            self.out[source][target] = cost
        self.left = most

    def dearest(self, inside: frozenset[int], entry: int, beyond: Mapping[int, Way]) -> Way:
        """The dearest way from the entry of a part; `beyond` are those from the nodes outside it."""
        self.left -= len(inside)
        if self.left < 0:
            return self._bound(inside, entry, beyond)
        order = sorted(inside)
        number = {node: n for n, node in enumerate(order)}
        successors = [[number[to] for to in self.out[node] if to in inside and to != entry] for node in order]
        known = dict(beyond)
        for part in components(successors):
            members = frozenset(order[n] for n in part)
            if len(members) == 1:
                (node,) = members
                known[node] = self._onward(node, known)
            else:
                entered = {to for node in inside - members for to in self.out[node] if to in members}
                known.update({node: self.dearest(members, node, known) for node in sorted(entered)})
        return known[entry]

    def _onward(self, node: int, known: Mapping[int, Way]) -> Way:
        ways = [(cost + known[to][0], to) for to, cost in self.out[node].items() if to in known]
        cost, to = max(ways, default=(0.0, node))
        return (cost, [node, *known[to][1]]) if ways else (0.0, [node])

    def _bound(self, inside: frozenset[int], entry: int, beyond: Mapping[int, Way]) -> Way:
        """Each node of the part come to once by its dearest arrow, and then the dearest way out of it."""
        into = dict.fromkeys(inside - {entry}, 0.0)
        for node in inside:
            for to, cost in self.out[node].items():
                if to in into:
                    into[to] = max(into[to], cost)
        cost, way = max((self._onward(node, beyond) for node in inside), key=lambda way: way[0])
        return sum(into.values()) + cost, [entry, *way]
