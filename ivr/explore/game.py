"""A game of the caller against the world: how many keys a caller needs to come to something, whatever the world does.

The caller picks what to do, the world picks what comes of it: who answers, what is open, what is known. "There is a
way" would be too weak (there is one while the desk is open), "all ways" too strong. The number of keys of a place is
the least over what the caller can do, of the most over what can come of it (Knuth's generalisation of Dijkstra).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ivr.explore.asked_facts import moves_on
from ivr.explore.graph import END, Edge
from ivr.explore.search import Search, told_after
from ivr.explore.state_walk import Walked

Happens = Callable[[Edge], bool]
Board = Sequence[Sequence[tuple[Edge, int]]]
"""By place, the edges from it and the places they lead to; a place is a state, or a state with what is told."""
OVER = -1


@dataclass(slots=True)
class _Move:
    """One thing a caller can do at a place: its keys, and the edges that can come of it and do not lead there yet."""

    place: int
    keys: int
    open: int


@dataclass(slots=True)
class Game:
    """What came of it: the most keys a state needs that is sure, and the others, each with the keys needed (None: never
    surely) and the edges by which the promised key fails."""

    worst: int = 0
    stranded: list[tuple[int, int | None, frozenset[Edge]]] = field(default_factory=list)


def surely(
    walked: Walked, counts: Happens, states: Collection[int], *,
    most: int | None = None, press: Happens | None = None,
) -> Game:  # fmt: skip
    """Whether from each of these states there is a sure way, within `most` keys if given.

    With `press` (the edges of one key) it begins with that key, and then the caller is only led. First the world may
    tell one thing of the caller now and another later; only where it could win is it held to what it has told.
    """
    game, led = Game(), press is not None
    board: Board = [[(edge, edge.target or OVER) for edge in edges] for edges in walked.graph.edges]
    needed = keys_needed(walked, board, counts, led=led)
    found = {state: _keys(state, board, needed, counts, press) for state in states}
    doubtful = {state for state, (keys, _) in found.items() if keys is None or (most is not None and keys > most)}
    game.worst = max((keys for s, (keys, _) in found.items() if keys is not None and s not in doubtful), default=0)
    if not doubtful:
        return game
    told, board = _told_board(walked)
    needed = keys_needed(walked, board, counts, led=led)
    for place, state in enumerate(told):
        if state in doubtful:
            keys, vain = _keys(place, board, needed, counts, press)
            if keys is None or (most is not None and keys > most):
                game.stranded.append((state, keys, vain))
            else:
                game.worst = max(game.worst, keys)
    return game


def _keys(
    place: int, board: Board, needed: Mapping[int, int], counts: Happens, press: Happens | None
) -> tuple[int | None, frozenset[Edge]]:
    """The keys needed from a place, with the promised one first if there is one; and where that one fails."""
    if press is None:
        return needed.get(place), frozenset()
    after = {edge: 0 if counts(edge) else needed.get(to) for edge, to in board[place] if press(edge)}
    vain = frozenset(edge for edge, keys in after.items() if keys is None)
    surely = [keys for keys in after.values() if keys is not None]
    return (None if vain or not surely else 1 + max(surely)), vain


def _told_board(walked: Walked) -> tuple[list[int], Board]:
    """The states a call can come to, each as often as it can have been told different things, and the edges between."""
    tracked = frozenset(question for question in walked.asked if not moves_on(question))
    nodes = list(Search(walked, tracked).everything())
    number = {node: n for n, node in enumerate(nodes)}

    def edges(node: tuple[int, int, frozenset[tuple[str, int | str]]]) -> Iterator[tuple[Edge, int]]:
        for edge in walked.graph.edges[node[0]]:
            told = told_after(walked, node[2], edge, tracked)
            if told is not None:
                yield edge, OVER if edge.target == END else number[(edge.target, 0, told)]

    return [node[0] for node in nodes], [list(edges(node)) for node in nodes]


def keys_needed(walked: Walked, board: Board, reached: Happens, *, led: bool = False) -> dict[int, int]:
    """By place, the keys within which its caller can surely come to an edge that counts; left out: never surely.

    Silence costs no key where it is an answer, that is where it is taken as one at once. `led`: the caller only answers
    what they are asked, yes or no, an entry, a message; they choose from no menu and press no shortcut.
    """
    into: dict[int, list[_Move]] = {}
    needed: dict[int, int] = {}
    queue: list[tuple[int, int]] = []
    for place, edges in enumerate(board):
        for outcomes in _moves(walked, edges, led=led):
            there = [to for edge, to in outcomes if not reached(edge)]
            move = _Move(place, int(outcomes[0][0].way.doing in ("chosen", "answer")), len(there))
            if not there:
                heapq.heappush(queue, (move.keys, place))
            for to in there:
                if to != OVER:
                    into.setdefault(to, []).append(move)
    while queue:
        keys, place = heapq.heappop(queue)
        if place in needed:
            continue
        needed[place] = keys
        for move in into.get(place, ()):
            move.open -= 1
            if move.open == 0 and move.place not in needed:
                heapq.heappush(queue, (keys + move.keys, move.place))
    return needed


def _moves(walked: Walked, edges: Sequence[tuple[Edge, int]], *, led: bool) -> Iterator[list[tuple[Edge, int]]]:
    """What a caller can do at a place, each with all that can come of it; what the world does is one move."""
    moves: dict[str, list[tuple[Edge, int]]] = {}
    for edge, to in edges:
        if led and not _only_led(walked, edge):
            continue
        if edge.way.doing in ("chosen", "answer", "world") or _leaves_by_silence(walked, edge):
            moves.setdefault("" if edge.way.doing == "world" else edge.way.means, []).append((edge, to))
    yield from moves.values()


def _only_led(walked: Walked, edge: Edge) -> bool:
    """Whether a caller goes this way without choosing where to."""
    if edge.way.means.startswith("shortcut"):
        return False
    top = walked.graph.states[edge.source].stack[-1:]
    return not any(walked.release.flows[frame.flow].steps[frame.step].kind.steers for frame in top)


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
