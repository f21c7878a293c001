"""The longest path through a graph with cycles in it, none gone round twice."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.explore.cycles import components

CostlyPath = tuple[float, list[int]]
"""A cost, and the nodes it is the cost of."""
MOST_VISITS = 1_000_000
"""Nodes looked at. An exact longest path can take exponential time; beyond these its cost is bounded instead."""


def longest_path(nodes: int, arrows: Mapping[tuple[int, int], float], most: int = MOST_VISITS) -> CostlyPath:
    """The longest path from node 0 that passes no node twice: its cost is never too low.

    Beyond `most` visits it may be too high, and then the nodes are not those of a path.
    """
    return _Cycles(nodes, arrows, most).longest(frozenset(range(nodes)), 0, {})


class _Cycles:
    """Breaks a cycle at its entry node, then the cycles that remain inside."""

    def __init__(self, nodes: int, arrows: Mapping[tuple[int, int], float], most: int) -> None:
        self.out: dict[int, dict[int, float]] = {node: {} for node in range(nodes)}
        for (source, target), cost in arrows.items():
            self.out[source][target] = cost
        self.left = most

    def longest(self, inside: frozenset[int], entry: int, beyond: Mapping[int, CostlyPath]) -> CostlyPath:
        """The longest path from the entry of a component; `beyond` are those from the nodes outside it."""
        self.left -= len(inside)
        if self.left < 0:
            return self._bound(inside, entry, beyond)
        order = sorted(inside)
        number = {node: n for n, node in enumerate(order)}
        successors = [[number[to] for to in self.out[node] if to in inside and to != entry] for node in order]
        known = dict(beyond)
        # Invariant: `known` holds the longest path from every node of the components already seen, which are all that
        # the next one leads to. A path enters a component at one of `entered` and passes that node once, so what is
        # left of the component is a smaller problem of the same form.
        for part in components(successors):
            members = frozenset(order[n] for n in part)
            if len(members) == 1:
                (node,) = members
                known[node] = self._onward(node, known)
            else:
                entered = {to for node in inside - members for to in self.out[node] if to in members}
                known.update({node: self.longest(members, node, known) for node in sorted(entered)})
        return known[entry]

    def _onward(self, node: int, known: Mapping[int, CostlyPath]) -> CostlyPath:
        paths = [(cost + known[to][0], -len(known[to][1]), to) for to, cost in self.out[node].items() if to in known]
        cost, _, to = max(paths, default=(0.0, 0, node))  # of equal costs the shortest: its call is the easiest to read
        return (cost, [node, *known[to][1]]) if paths else (0.0, [node])

    def _bound(self, inside: frozenset[int], entry: int, beyond: Mapping[int, CostlyPath]) -> CostlyPath:
        """An upper bound: each node of the component entered once, by its costliest arrow, then the longest way on."""
        into = dict.fromkeys(inside - {entry}, 0.0)
        for node in inside:
            for to, cost in self.out[node].items():
                if to in into:
                    into[to] = max(into[to], cost)
        cost, path = max((self._onward(node, beyond) for node in inside), key=lambda path: path[0])
        return sum(into.values()) + cost, [entry, *path]
