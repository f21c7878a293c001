"""A game of the caller against the environment: how many keys a caller needs to reach something, whatever happens.

The caller picks what to do, the environment picks the result: who answers, what is open, what is known. "There is a
path" would be too weak (there is one while the desk is open), "all paths" too strong. The number of keys of a place is
the least over what the caller can do, of the most over its results (Knuth's generalisation of Dijkstra).
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ivr.explore.asked_facts import moves_on
from ivr.explore.graph import END, Edge
from ivr.explore.known_facts import facts_after
from ivr.explore.occurrence import EdgeTest
from ivr.explore.search import Search, SearchNode
from ivr.explore.state_walk import Walked

OVER = -1


class GameMove(NamedTuple):
    """One thing a caller can do at a place: its keys, and each edge it may result in, with where that leads."""

    place: int
    keys: int
    results: Sequence[tuple[Edge, int]]


@dataclass(frozen=True, slots=True)
class GameGraph:
    """A place is a state, or a state with what is known there.

    `states`: by place its state. `edges`: by place, the edges from it, of which those that differ only in their answers
    may be merged, and the places they lead to. `moves`: what a caller can do. `led`: the same for a caller who only
    answers what is asked: yes or no, an entry, a message; who chooses from no menu and presses no shortcut.
    """

    states: Sequence[int]
    edges: Sequence[Sequence[tuple[Edge, int]]]
    moves: Sequence[GameMove]
    led: Sequence[GameMove]


@dataclass(slots=True)
class GameResult:
    """The most keys a state needs from which the caller is sure; and the other states, each with the keys needed (None:
    never sure) and the edges on which the promised key fails."""

    worst: int = 0
    stranded: list[tuple[int, int | None, Sequence[Edge]]] = field(default_factory=list)


def must_reach(
    walked: Walked, counts: EdgeTest, states: Collection[int], *,
    most: int | None = None, press: EdgeTest | None = None,
) -> GameResult:  # fmt: skip
    """Whether from each of these states the caller is sure to take an edge that counts, within `most` keys if given.

    With `press` (the edges of one key) the caller begins with that key, and is only led after it. First pass: facts may
    change from turn to turn. Second pass, only where the environment wins: facts stay fixed.
    """
    game = GameResult()
    free = _game_graph(walked)
    needed = _keys_needed(free.led if press else free.moves, counts)
    found = {state: _keys(_edges_at(walked, state), needed, state, counts, press) for state in states}
    doubtful = {state for state, (keys, _) in found.items() if keys is None or (most is not None and keys > most)}
    game.worst = max((keys for s, (keys, _) in found.items() if keys is not None and s not in doubtful), default=0)
    if not doubtful:
        return game
    fixed = _fixed_graph(walked)
    needed = _keys_needed(fixed.led if press else fixed.moves, counts)
    for place, state in enumerate(fixed.states):
        if state in doubtful:
            keys, vain = _keys(fixed.edges[place], needed, place, counts, press)
            if keys is None or (most is not None and keys > most):
                game.stranded.append((state, keys, vain))
            else:
                game.worst = max(game.worst, keys)
    return game


def _keys(
    edges: Iterable[tuple[Edge, int]], needed: Mapping[int, int], place: int, counts: EdgeTest, press: EdgeTest | None
) -> tuple[int | None, Sequence[Edge]]:
    """The keys needed from a place, with the promised one first if there is one; and where that one fails."""
    if press is None:
        return needed.get(place), ()
    after = [(edge, 0 if counts(edge) else needed.get(to)) for edge, to in edges if press(edge)]
    vain = [edge for edge, keys in after if keys is None]
    sure = [keys for _, keys in after if keys is not None]
    return (None if vain or not sure else 1 + max(sure)), vain


def _keys_needed(moves: Sequence[GameMove], counts: EdgeTest) -> dict[int, int]:
    """By place, the keys within which its caller is sure to take an edge that counts; left out: never sure."""
    into: dict[int, list[int]] = {}
    left: list[int] = []
    needed: dict[int, int] = {}
    queue: list[tuple[int, int]] = []
    for number, move in enumerate(moves):
        ahead = [to for edge, to in move.results if not counts(edge)]
        left.append(len(ahead))
        if not ahead:
            heapq.heappush(queue, (move.keys, move.place))
        for to in ahead:
            if to != OVER:
                into.setdefault(to, []).append(number)
    # Invariant: `needed` is final for every place taken from the queue, because places come in the order of their keys
    # and a move adds none or more; `left` counts the results of a move whose place is not final yet. So a move is sure
    # when its last result becomes final, and that result is its worst.
    while queue:
        keys, place = heapq.heappop(queue)
        if place in needed:
            continue
        needed[place] = keys
        for number in into.get(place, ()):
            left[number] -= 1
            move = moves[number]
            if left[number] == 0 and move.place not in needed:
                heapq.heappush(queue, (keys + move.keys, move.place))
    return needed


def _edges_at(walked: Walked, state: int) -> Iterator[tuple[Edge, int]]:
    return ((edge, edge.target or OVER) for edge in walked.graph.edges[state])


def _game_graph(walked: Walked) -> GameGraph:
    """The states, with no fact fixed."""
    if walked.game is None:
        edges = [[(edge, edge.target or OVER) for edge in merged] for merged in walked.graph.merged()]
        walked.game = replace(_with_moves(walked, range(len(edges)), edges), edges=())
    assert isinstance(walked.game, GameGraph)
    return walked.game


def _fixed_graph(walked: Walked) -> GameGraph:
    """The states a call can reach, each as often as different facts can be known there."""
    tracked = frozenset(question for question in walked.asked if not moves_on(question))
    nodes = list(Search(walked, tracked).everything())
    number = {node: n for n, node in enumerate(nodes)}

    def edges(node: SearchNode) -> Iterator[tuple[Edge, int]]:
        for edge in walked.graph.edges[node[0]]:
            known = facts_after(walked, node[2], edge, tracked)
            if known is not None:
                yield edge, OVER if edge.target == END else number[(edge.target, 0, known)]

    return _with_moves(walked, [node[0] for node in nodes], [list(edges(node)) for node in nodes])


def _with_moves(walked: Walked, states: Sequence[int], edges: Sequence[Sequence[tuple[Edge, int]]]) -> GameGraph:
    steers = [_steers(walked, n) for n in range(len(walked.graph.states))]
    moves = [move for place, each in enumerate(edges) for move in _moves(walked, place, each)]
    led = [
        move for move in moves
        if not steers[(edge := move.results[0][0]).source] and not edge.way.means.startswith("shortcut")
    ]  # fmt: skip
    return GameGraph(states, edges, moves, led)


def _steers(walked: Walked, state: int) -> bool:
    """Whether a caller chooses here where to go."""
    top = walked.graph.states[state].stack[-1:]
    return any(walked.release.flows[frame.flow].steps[frame.step].kind.steers for frame in top)


def _moves(walked: Walked, place: int, edges: Sequence[tuple[Edge, int]]) -> Iterator[GameMove]:
    """What a caller can do at a place. All that the environment does is one move: the caller does not pick.

    Silence costs no key where it is an answer, that is where the question is left at once.
    """
    moves: dict[str, list[tuple[Edge, int]]] = {}
    for edge, to in edges:
        mover = edge.way.mover
        if mover in ("chosen", "answer", "environment") or _leaves_by_silence(walked, edge):
            moves.setdefault("" if mover == "environment" else edge.way.means, []).append((edge, to))
    for results in moves.values():
        yield GameMove(place, int(results[0][0].way.mover in ("chosen", "answer")), results)


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
