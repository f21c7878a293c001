"""A way through the graph, taken again on the real engine with whole state: what explore shows has really happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.call.inputs import Given, Input
from ivr.call.state import State
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.explore.asked_facts import INSTANT, AskedFacts, moves_on
from ivr.explore.graph import END, Edge
from ivr.explore.state_walk import Walked
from ivr.flow.model import Release

Told = Mapping[str, int]
"""By question, which of its answers was given."""


@dataclass(frozen=True, slots=True)
class Example:
    """A real call: its entry flow, its turns with what came in and what was told at each, and the edges it went along.

    `moving` are the facts that changed under way, such as the time.
    """

    entry: str
    told: Sequence[Told]
    inputs: Sequence[Input]
    turns: Sequence[Turn]
    edges: Sequence[Edge]
    moving: frozenset[str]


def way_to(walked: Walked, edge: Edge) -> list[Edge]:
    """A shortest way from the beginning of a call to the end of an edge."""
    way = [edge]
    while way[-1].source != END:
        came = walked.graph.came_by[way[-1].source]
        assert came is not None
        way.append(came)
    return way[::-1]


def replayed(walked: Walked, way: Sequence[Edge]) -> Example | None:
    """The call along a way, from its beginning; None where the real engine does not go it."""
    graph, release = walked.graph, walked.release
    entry = graph.entries[graph.roots.index(way[0])]
    state = begin(release, entry)
    told = _told_at_each(release, way)
    turns: list[Turn] = []
    for edge, facts in zip(way, told, strict=True):
        turn = _take(walked, state, edge, facts)
        state = turn.state
        key = walked.canon.key(walked.canon(state))
        if graph.index.get(key) != edge.target or graph.label(turn.events) != edge.label:
            return None
        turns.append(turn)
    changed = {question for facts in told for question, answer in facts.items() if told[0].get(question) != answer}
    return Example(entry, told, [edge.way.input for edge in way], turns, way, frozenset(changed))


def _told_at_each(release: Release, way: Sequence[Edge]) -> list[Told]:
    """The facts at each turn: what it asks, else what was told before, else what will be told first."""
    known: dict[str, int] = {INSTANT: 0}
    for edge in reversed(way):
        known.update((question, answer) for question, answer in edge.answers if not release.is_of_call(question))
    told: list[Told] = []
    for edge in way:
        known = {**known, **{q: answer for q, answer in edge.answers if moves_on(q)}}
        told.append(known)
    return told


def _take(walked: Walked, state: State, edge: Edge, facts: Told) -> Turn:
    asked = AskedFacts(walked.questions, tuple(facts.items()))
    came = masked(walked.release, state, edge.way.input)
    beside = Given(input=came, turn=edge.way.turn, handling_seconds=edge.way.served, facts=asked)
    return take_turn(walked.release, state, beside, walked.questions.instants[facts[INSTANT]].at)
