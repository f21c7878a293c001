"""A way through the graph, taken again on the real engine with whole state: what explore shows has really happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.call.inputs import Given, Input
from ivr.call.state import State
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.explore.facts import INSTANT, AskedFacts
from ivr.explore.graph import END, Edge
from ivr.explore.walk import Walked


@dataclass(frozen=True, slots=True)
class Example:
    """A real call: its entry flow, the facts that held for all of it, and its turns with what came in at each.

    `moving` says that the time moved on from one way of standing of the calendars to another in between.
    """

    entry: str
    facts: Mapping[str, int]
    inputs: Sequence[Input]
    turns: Sequence[Turn]
    edges: Sequence[Edge]
    moving: bool


def way_to(walked: Walked, edge: Edge) -> list[Edge]:
    """A shortest way from the beginning of a call to the end of an edge."""
    way = [edge]
    while way[-1].source != END:
        came = walked.graph.came_by[way[-1].source]
        assert came is not None
        way.append(came)
    return way[::-1]


def agreed(way: Sequence[Edge]) -> Mapping[str, int] | None:
    """The facts of a whole call, the time left out: None where one turn is told other than another."""
    facts: dict[str, int] = {}
    for edge in way:
        for question, answer in edge.answers:
            if question != INSTANT and not question.startswith("call."):
                if facts.setdefault(question, answer) != answer:
                    return None
    return facts


def replayed(walked: Walked, way: Sequence[Edge]) -> Example | None:
    """The call along a way, from its beginning; None where the real engine does not go it."""
    facts = agreed(way)
    if facts is None:
        return None
    graph, release = walked.graph, walked.release
    entry = graph.entries[graph.roots.index(way[0])]
    state = begin(release, entry)
    inputs: list[Input] = []
    turns: list[Turn] = []
    times: set[int] = set()
    for edge in way:
        now = dict(edge.answers).get(INSTANT)
        turn = _take(walked, state, edge, {**facts, INSTANT: now if now is not None else min(times, default=0)})
        state = turn.state
        key = walked.canon.key(walked.canon(state))
        if graph.index.get(key) != edge.target or graph.label(turn.events) != edge.label:
            return None
        if now is not None:
            times.add(now)
        inputs.append(edge.way.input)
        turns.append(turn)
    whole = {**facts, INSTANT: min(times, default=0)}
    return Example(entry, whole, inputs, turns, way, moving=len(times) > 1)


def _take(walked: Walked, state: State, edge: Edge, facts: Mapping[str, int]) -> Turn:
    asked = AskedFacts(walked.questions, tuple(facts.items()))
    came = masked(walked.release, state, edge.way.input)
    beside = Given(input=came, turn=edge.way.turn, served=edge.way.served, facts=asked)
    return take_turn(walked.release, state, beside, walked.questions.instants[facts[INSTANT]].at)
