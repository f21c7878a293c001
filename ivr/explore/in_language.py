"""A call explore has found, held in another language: the same steps, with that language's choice and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ivr.call.events import LanguageChosen
from ivr.call.inputs import Start
from ivr.call.state import State
from ivr.engine.turn import Turn, begin
from ivr.explore.graph import InputWay
from ivr.explore.input_ways import place_of, ways_at
from ivr.explore.replayed import ExampleCall, take
from ivr.explore.state_walk import Walked


def in_language(walked: Walked, example: ExampleCall, language: str) -> ExampleCall | None:
    """The call with `language` chosen on its way, or begun in it where the call chooses none.

    None where no such call passes the same questions.
    """
    chosen = any(_chosen(turn) for turn in example.turns)
    begun = walked.release.first_language if chosen else language
    state = begin(walked.release, example.entry, begun)
    ways: list[InputWay] = []
    turns: list[Turn] = []
    for edge, facts, before in zip(example.edges, example.facts_of, example.turns, strict=True):
        way = edge.way._replace(input=Start(begun)) if isinstance(edge.way.input, Start) else edge.way
        for each in _candidates(walked, state, way):
            turn = take(walked, state, each, facts)
            if _place(turn.state) == _place(before.state) and _chosen(turn) in ("", language):
                break
        else:
            return None
        ways.append(each)
        turns.append(turn)
        state = turn.state
    return replace(example, inputs=[way.input for way in ways], turns=turns, language="" if chosen else language)


def _candidates(walked: Walked, state: State, way: InputWay) -> Iterator[InputWay]:
    """The input itself, then those that mean the same here, then any other by the same mover."""
    yield way
    if state.phase:
        groups = ways_at(walked.release, walked.canon.classes, place_of(state))
        here = [each for group in groups for each in group]
        yield from (each for each in here if each.means == way.means)
        yield from (each for each in here if each.mover == way.mover)


def _chosen(turn: Turn) -> str:
    return next((event.language for event in turn.events if isinstance(event, LanguageChosen)), "")


def _place(state: State) -> tuple[tuple[tuple[str, str], ...], str]:
    return tuple((frame.flow, frame.step) for frame in state.stack), state.phase
