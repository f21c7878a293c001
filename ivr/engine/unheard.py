"""A turn taken without its words: what comes of it but its verbs, for a replay that compares events alone.

Making the words costs a third of a turn, and nothing that happens in a call depends on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.call.events import Event
from ivr.call.inputs import Given
from ivr.call.state import State
from ivr.call.verbs import NO_VALUES, Verb
from ivr.engine.turn import walk_turn
from ivr.engine.turn_walk import Walking
from ivr.flow.model import Release
from ivr.steps.step import Expects, Listening


class Unheard(Walking):
    """A walk that speaks to nobody."""

    __slots__ = ()

    def values_of(self, prompt: str) -> Mapping[str, str]:
        return NO_VALUES

    def speak(self, prompt: str, *, interrupt: bool = True, language: str = "") -> None:
        pass

    def speak_all(self, prompts: Sequence[str]) -> None:
        pass

    def stop(self, verb: Verb, phase: str) -> None:
        self.phase = phase
        self.stopped = True

    def listen(self, listening: Listening, expects: Expects) -> None:
        self.phase = expects.phase
        self.stopped = True


def take_unheard(flows: Release, state: State, given: Given) -> tuple[State, Sequence[Event]]:
    """The state and the events of `take_turn`."""
    walk = Unheard(flows, state, given)
    walk_turn(walk, state, given)
    return walk.freeze(), walk.events
