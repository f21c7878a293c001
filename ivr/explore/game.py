"""A game of the caller against the world: how many keys a caller needs to come to something, whatever the world does.

The caller picks what to do, the world picks what comes of it: who answers, what is open, what is known. "There is a
way" would be too weak (there is one while the desk is open), "all ways" too strong. The number of keys of a state is
the least over what the caller can do, of the most over what can come of it (Knuth's generalisation of Dijkstra).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from ivr.explore.graph import END, Edge
from ivr.explore.walk import Walked


@dataclass(slots=True)
class _Move:
    """One thing a caller can do at a state: its keys, and the edges that can come of it and do not lead there yet."""

    source: int
    keys: int
    open: int


def keys_needed(walked: Walked, reached: Callable[[Edge], bool]) -> dict[int, int]:
    """By state, the keys within which its caller can surely come to an edge that counts; left out: never surely.

    Silence costs no key where it is an answer, that is where it is taken as one at once.
    """
    into: dict[int, list[_Move]] = {}
    needed: dict[int, int] = {}
    queue: list[tuple[int, int]] = []
    for source, edges in enumerate(walked.graph.edges):
        moves: dict[str, list[Edge]] = {}
        for edge in edges:
            if edge.way.doing in ("chosen", "answer", "world") or _leaves_by_silence(walked, edge):
                moves.setdefault("" if edge.way.doing == "world" else edge.way.means, []).append(edge)
        for outcomes in moves.values():
            keys = int(outcomes[0].way.doing in ("chosen", "answer"))
            there = [edge for edge in outcomes if not reached(edge)]
            move = _Move(source, keys, len(there))
            if not there:
                heapq.heappush(queue, (keys, source))
            for edge in there:
                if edge.target != END:
                    into.setdefault(edge.target, []).append(move)
    while queue:
        keys, state = heapq.heappop(queue)
        if state in needed:
            continue
        needed[state] = keys
        for move in into.get(state, ()):
            move.open -= 1
            if move.open == 0 and move.source not in needed:
                heapq.heappush(queue, (keys + move.keys, move.source))
    return needed


def _leaves_by_silence(walked: Walked, edge: Edge) -> bool:
    """Whether silence is an answer here: the question is left at once, nothing said about it."""
    if edge.way.means != "silence":
        return False
    state = walked.graph.states[edge.source]
    events = walked.graph.events(edge)
    top = state.stack[-1]
    return state.no_input == 0 and any(
        getattr(event, "exit", "") == "no_input" and getattr(event, "step", "") == top.step for event in events
    )
