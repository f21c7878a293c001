"""A path through the graph, replayed on the real engine with whole state: what explore shows has really happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.call.inputs import Given, Input
from ivr.call.state import State
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.explore.asked_facts import INSTANT, AskedFacts, moves_on
from ivr.explore.graph import END, Edge, InputWay
from ivr.explore.state_walk import Walked
from ivr.flow.model import Release

FactAnswers = Mapping[str, int]
"""By question, which of its answers was given."""


@dataclass(frozen=True, slots=True)
class ExampleCall:
    """A real call: its entry flow, `facts_of` each turn, its input, and the edges it takes.

    `moving` are the facts that changed under way, such as the time; `language` is the one it begins in, where that is
    not the hotline's first.
    """

    entry: str
    facts_of: Sequence[FactAnswers]
    inputs: Sequence[Input]
    turns: Sequence[Turn]
    edges: Sequence[Edge]
    moving: frozenset[str]
    language: str = ""


def path_to(walked: Walked, edge: Edge) -> list[Edge]:
    """A shortest path from the beginning of a call to the end of an edge."""
    path = [edge]
    while path[-1].source != END:
        came = walked.graph.came_by[path[-1].source]
        assert came is not None
        path.append(came)
    return path[::-1]


def replayed(walked: Walked, path: Sequence[Edge]) -> ExampleCall | None:
    """The call along a path, from its beginning; None where the real engine does not take it."""
    graph, release = walked.graph, walked.release
    entry = graph.entries[graph.roots.index(path[0])]
    state = begin(release, entry)
    facts_of = _facts_at_each(release, path)
    turns: list[Turn] = []
    for edge, facts in zip(path, facts_of, strict=True):
        turn = take(walked, state, edge.way, facts)
        state = turn.state
        key = walked.canon.key(walked.canon(state))
        if graph.index.get(key) != edge.target or graph.label(turn.events) != edge.label:
            return None
        turns.append(turn)
    changed = {
        question for facts in facts_of for question, answer in facts.items() if facts_of[0].get(question) != answer
    }
    return ExampleCall(entry, facts_of, [edge.way.input for edge in path], turns, path, frozenset(changed))


def _facts_at_each(release: Release, path: Sequence[Edge]) -> list[FactAnswers]:
    """The facts at each turn: the answers it asks for, else those of earlier turns, else the first of later ones."""
    known: dict[str, int] = {INSTANT: 0}
    for edge in reversed(path):
        known.update((question, answer) for question, answer in edge.answers if not release.is_of_call(question))
    facts_of: list[FactAnswers] = []
    for edge in path:
        known = {**known, **{q: answer for q, answer in edge.answers if moves_on(q)}}
        facts_of.append(known)
    return facts_of


def take(walked: Walked, state: State, way: InputWay, facts: FactAnswers) -> Turn:
    """One turn of the real engine from a whole state, with the facts answered so."""
    asked = AskedFacts(walked.questions, tuple(facts.items()))
    came = masked(walked.release, state, way.input)
    beside = Given(input=came, turn=way.turn, handling_seconds=way.served, facts=asked)
    return take_turn(walked.release, state, beside, walked.questions.instants[facts[INSTANT]].at)
