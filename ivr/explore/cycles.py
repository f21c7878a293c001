"""Cycles in the graph: strongly connected parts, by Tarjan's algorithm without recursion, for graphs of any depth."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

Successors = Sequence[Sequence[int]]


def cycles(successors: Successors) -> list[list[int]]:
    """The parts of a graph in which every node can be reached from every other: those with an edge inside."""
    return [part for part in components(successors) if len(part) > 1 or part[0] in successors[part[0]]]


def components(successors: Successors) -> Iterator[list[int]]:
    """All strongly connected parts, each after those it leads to."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in range(len(successors)):
        if root in order:
            continue
        work: list[tuple[int, Iterator[int]]] = [(root, iter(successors[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, ahead = work[-1]
            for after in ahead:
                if after not in order:
                    order[after] = low[after] = len(order)
                    stack.append(after)
                    on_stack.add(after)
                    work.append((after, iter(successors[after])))
                    break
                if after in on_stack:
                    low[node] = min(low[node], order[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    at = _cut(stack, node)
                    part, stack[at:] = stack[at:], []
                    on_stack.difference_update(part)
                    yield part


def _cut(stack: Sequence[int], node: int) -> int:
    """Where a node stands on the stack, looked for from the end, where it is near."""
    at = len(stack) - 1
    while stack[at] != node:
        at -= 1
    return at


def shortest_cycle(successors: Successors, start: int) -> list[int]:
    """The shortest way from a node back to itself, both ends named; empty where there is none."""
    came: dict[int, int] = {}
    ahead = deque([start])
    while ahead:
        node = ahead.popleft()
        for after in successors[node]:
            if after == start:
                way = [start, node]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if after not in came:
                came[after] = node
                ahead.append(after)
    return []
