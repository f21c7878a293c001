"""A game of the caller against the world: how many keys a caller needs to come to something, whatever the world does.

The caller picks what to do, the world picks what comes of it: who answers, what is open, what is known. "There is a
way" would be too weak (there is one while the desk is open), "all ways" too strong. The number of keys of a state is
the least over what the caller can do, of the most over what can come of it (Knuth's generalisation of Dijkstra).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from ivr.explore.facts import moves_on
from ivr.explore.graph import END, Edge
from ivr.explore.replayed import Told
from ivr.explore.search import FOUND, shortest
from ivr.explore.walk import Walked

Happens = Callable[[Edge], bool]
CHOSEN_FROM = frozenset({"menu", "language"})


@dataclass(slots=True)
class _Move:
    """One thing a caller can do at a state: its keys, and the edges that can come of it and do not lead there yet."""

    source: int
    keys: int
    open: int


@dataclass(slots=True)
class Game:
    """What came of it: the most keys any state needs, and the states from which there is no sure way (or none short
    enough), each with the keys needed from every state where its caller's facts are what they are."""

    worst: int = 0
    stranded: list[tuple[int, Mapping[int, int]]] = field(default_factory=list)


def surely(
    walked: Walked, counts: Happens, states: Collection[int], *,
    most: int | None = None, press: Callable[[int, Mapping[int, int]], int | None] | None = None,
) -> Game:  # fmt: skip
    """Whether from each of these states there is a sure way, within `most` keys if given.

    With `press` (the keys needed when that key is pressed first) the caller is only led from there on. The world may
    not be told one thing of the caller now and another later: where it could only win that way, it is
    asked again for each kind of caller, and for the states such a caller can come to.
    """
    game = Game()
    led = press is not None
    loose = keys_needed(walked, counts, led=led)
    keys = press or (lambda state, needed: needed.get(state))
    found = {state: keys(state, loose) for state in states}
    doubtful = [state for state, need in found.items() if need is None or (most is not None and need > most)]
    game.worst = max((need for need in found.values() if need is not None), default=0)
    if not doubtful:
        return game
    for told in _callers(walked):
        needed = keys_needed(walked, counts, told, led=led)
        for state in doubtful:
            need = keys(state, needed)
            if (need is None or (most is not None and need > most)) and _comes_to(walked, state, told):
                game.stranded.append((state, needed))
    game.worst = max((need for state, need in found.items() if need is not None and state not in doubtful), default=0)
    return game


def _callers(walked: Walked) -> Iterator[Told]:
    """Every kind of caller: the facts that do not change in a call, held fast together."""
    fast = sorted(q for q in walked.asked if not moves_on(q) and not q.startswith("call."))
    for answers in product(*(range(walked.questions.count(question)) for question in fast)):
        yield dict(zip(fast, answers, strict=True))


def _comes_to(walked: Walked, state: int, told: Told) -> bool:
    def step(edge: Edge, phase: int) -> int | None:
        if not _agrees(edge, told):
            return None
        return FOUND if edge.target == state else 0

    return shortest(walked, step) is not None


def _agrees(edge: Edge, told: Told) -> bool:
    return all(told.get(question, answer) == answer for question, answer in edge.answers)


def keys_needed(
    walked: Walked, reached: Happens, told: Told | None = None, *, led: bool = False
) -> dict[int, int]:
    """By state, the keys within which its caller can surely come to an edge that counts; left out: never surely.

    Silence costs no key where it is an answer, that is where it is taken as one at once. Where `told` is given, the
    world answers so. `led`: the caller only answers what they are asked, yes or no, an entry, a message; they choose
    from no menu and press no shortcut.
    """
    into: dict[int, list[_Move]] = {}
    needed: dict[int, int] = {}
    queue: list[tuple[int, int]] = []
    for source, edges in enumerate(walked.graph.edges):
        moves: dict[str, list[Edge]] = {}
        for edge in edges:
            if (told is not None and not _agrees(edge, told)) or (led and not _only_led(walked, edge)):
                continue
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


def _only_led(walked: Walked, edge: Edge) -> bool:
    """Whether a caller goes this way without choosing where to."""
    if edge.way.means.startswith("shortcut"):
        return False
    top = walked.graph.states[edge.source].stack[-1:]
    return not any(walked.release.flows[frame.flow].steps[frame.step].kind in CHOSEN_FROM for frame in top)


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
