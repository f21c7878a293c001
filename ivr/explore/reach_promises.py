"""Promises about where a caller gets: by which key, by how many keys, past how many menus."""

from __future__ import annotations

from ivr.call.keys import pressed_key
from ivr.explore.amounts import amount
from ivr.explore.game import GameResult, must_reach
from ivr.explore.graph import END, Edge
from ivr.explore.longest_call import longest_call
from ivr.explore.occurrence import QUESTIONS, EdgeTest, edge_test, edges_with
from ivr.explore.promise_result import PromiseResult, PromiseUnderTest
from ivr.explore.reachable import along, at_any
from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence, Within
from ivr.messages.message import Message

START = Occurrence("word", "start")
EVERYWHERE = Occurrence("word", "everywhere")


def reaches(promise: PromiseUnderTest, place: Occurrence, goal: Occurrence) -> PromiseResult:
    """`from: PLACE, press: KEY, reaches: WHAT`, and `within: 2 keys`: a game against the environment."""
    walked, fields = promise.walked, promise.fields
    counts = edge_test(walked, goal)
    most = fields.within.most if fields.within else None
    starts = _questions(walked, place, counts)
    if place == START and (over := [edge for edge in _incoming(walked) if edge.target == END and not counts(edge)]):
        example = along(walked, over)
        return promise.broken(Message("proof.reaches.ends", goal=str(goal)), example)
    if not starts:
        at_once = place == START and all(map(counts, _incoming(walked)))
        return promise.holds(Message("proof.reaches.at-once")) if at_once else promise.untested(place)
    game = must_reach(walked, counts, starts, most=most, press=_presses(fields.press) if fields.press else None)
    if game.stranded and (found := _stranded(walked, game)) is not None:
        keys, example = found
        return promise.broken(_not_reached(promise, goal, keys, example), example)
    return promise.holds(Message("proof.reaches.evidence", questions=len(starts), keys=game.worst))


def _questions(walked: Walked, place: Occurrence, counts: EdgeTest) -> list[int]:
    """The questions a `from` means."""
    states = walked.graph.states
    asked = (n for n, state in enumerate(states) if state.phase in QUESTIONS)
    if place == EVERYWHERE:
        return list(asked)
    if place == START:
        return sorted({edge.target for edge in _incoming(walked) if not counts(edge)} - {END})
    tops = {n: states[n].stack[-1] for n in asked}
    return [n for n, top in tops.items() if top.flow == place.name and place.step in ("", top.step)]


def _incoming(walked: Walked) -> list[Edge]:
    """The first turns of calls that come in, not of those the hotline dials: `start` means a caller's."""
    begun = zip(walked.graph.roots, walked.graph.entries, strict=True)
    return [root for root, entry in begun if walked.release.entries.get(entry) != "outgoing"]


def _presses(key: str) -> EdgeTest:
    """Whether an edge is a result of the key."""
    dialled = pressed_key(key)

    def presses(edge: Edge) -> bool:
        pressed = getattr(edge.way.input, "keys", getattr(edge.way.input, "key", None))
        return pressed == dialled and edge.way.mover not in ("hang up", "passive")

    return presses


def _stranded(walked: Walked, game: GameResult) -> tuple[int | None, ExampleCall] | None:
    """The shortest call in which the promised key fails, else that comes where no path is sure; and its keys."""
    vain = {id(edge): (edge, keys) for _, keys, edges in game.stranded for edge in edges}
    if (example := along(walked, [edge for edge, _ in vain.values()])) is not None:
        return vain[id(example.edges[-1])][1], example
    needed = {state: keys for state, keys, _ in game.stranded}
    example = at_any(walked, needed)
    return None if example is None else (needed[example.edges[-1].target], example)


def _not_reached(promise: PromiseUnderTest, goal: Occurrence, keys: int | None, example: ExampleCall) -> Message:
    key, last = promise.fields.press, example.edges[-1]
    place, wanted = landing(promise.walked, last), str(goal)
    if keys is not None:
        return Message("proof.reaches.keys", keys=keys, goal=wanted, place=place)
    if key and _presses(key)(last):
        return Message("proof.reaches.pressed", key=key, goal=wanted, place=place)
    if key:
        return Message("proof.reaches.key", key=key, goal=wanted, place=place)
    return Message("proof.reaches.no-keys", goal=wanted, place=place)


def leads_to(promise: PromiseUnderTest, choice: Occurrence, goal: Occurrence) -> PromiseResult:
    """`choice: FLOW.STEP KEY, leads to: WHAT`."""
    walked, there = promise.walked, edge_test(promise.walked, goal)
    edges = edges_with(walked, choice)
    if not edges:
        return promise.untested(choice)
    elsewhere = [edge for edge in edges if not (there(edge) or waits_in(walked, edge, goal))]
    if (example := along(walked, elsewhere)) is not None:
        why = Message("proof.choice.broken", place=landing(walked, example.edges[-1]), goal=str(goal))
        return promise.broken(why, example)
    return promise.holds(Message("proof.choice.evidence", turns=len(edges)))


def waits_in(walked: Walked, edge: Edge, goal: Occurrence) -> bool:
    """Whether the call waits in the flow now: a flow begun again is not entered again."""
    stack = walked.graph.states[edge.target].stack
    return goal.what == "flow" and bool(stack) and stack[-1].flow == goal.name


def landing(walked: Walked, edge: Edge) -> str:
    """The step a turn ends at, as FLOW.STEP; `goodbye` where the call is over."""
    stack = walked.graph.states[edge.target].stack
    return f"{stack[-1].flow}.{stack[-1].step}" if stack else "goodbye"


def at_most(promise: PromiseUnderTest, bound: Within, before: Occurrence) -> PromiseResult:
    """`at most: 4 menus, before: WHAT`: the longest path."""
    walked, (most, unit) = promise.walked, bound
    if not (ends := edges_with(walked, before)):
        return promise.untested(before)
    longest = longest_call(walked, unit, most, until=ends)
    if longest.cost <= most:
        return promise.holds(at_most_evidence(longest.cost, bound))
    example = longest.example(walked)
    said = {"amount": amount(longest.cost, unit), "before": str(before)}
    if example is not None:
        return promise.broken(Message("proof.at-most.broken", **said), example)
    path = " > ".join(dict.fromkeys(map(".".join, longest.questions())))
    return promise.broken(Message("proof.at-most.unproved", path=path, **said), None)


def at_most_evidence(cost: float, bound: Within) -> Message:
    """How much of what is bounded there is at the most."""
    return Message("proof.at-most.evidence", amount=amount(cost, bound.unit))
