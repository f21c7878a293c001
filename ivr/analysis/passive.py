"""A caller who chooses nothing, led through the flows with the real stack: where they would go.

Only what such a caller does is walked, so the states are few: silence (and, where asked for, mistakes) at a question;
any outcome of a calendar or of a condition on what is not known; a transfer that nobody answers. Values that the walk
itself has set decide the conditions on them, so that "once more, then go on" is no ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ivr.analysis.abstract_state import NOTHING, AbstractState, conditions, literals, open_arms
from ivr.analysis.transitions import RUN, Transition, Transitions, asks
from ivr.flow.model import StepKey
from ivr.steps.step import Step

PassiveMove = tuple[str, AbstractState]
"""The exit taken, and where it leads."""


@dataclass(frozen=True, slots=True)
class Passive:
    """The moves of a caller who gives up at every question by one of `exits`."""

    transitions: Transitions
    exits: tuple[str, ...]

    def moves(self, state: AbstractState) -> Iterator[PassiveMove]:
        """Everywhere the walk may go next; an end, a person, or what cannot be known from here ends it."""
        step = self.transitions.step(state.place)
        if step.declared.runs:
            if (run := self.transitions.entering(state.place)) is not None:
                yield from ((RUN, to) for to in self._follow(state, run))
            return
        if step.kind.back == "barrier":
            state = state.asked(())
        if not asks(step):
            state = self._knowing(state, literals(step))
        taken = set(self._taken(state, step))
        for transition in self.transitions.exits(state.place):
            if transition.exit in taken:
                remembers = step.kind.back == "remembered" and transition.leads not in ("back", "repeat")
                after = state.asked(state.frames) if remembers else state
                yield from ((transition.exit, to) for to in self._follow(after, transition))

    def _taken(self, state: AbstractState, step: Step) -> Iterator[str]:
        if asks(step):
            yield from self.exits
        elif "transfer outcome" in step.declared.inputs:
            yield from (exit for exit in step.declared.exits if exit != "answered")
        elif arms := conditions(step):
            yield from open_arms(arms, state.known())
        else:
            yield from step.declared.exits

    def _follow(self, state: AbstractState, transition: Transition) -> Iterator[AbstractState]:
        match transition.leads:
            case "step" if transition.to is not None:
                yield state.moved(transition.to.step)
            case "run" | "flow" if transition.to is not None and not transition.guessed:  # one slip is one finding
                yield from self._enter(state, transition.to, restart=transition.leads == "flow")
            case "return":
                yield from self._come_back(state, transition.word)
            case "repeat":
                yield state
            case "back":
                yield from self._back(state)

    def _enter(self, state: AbstractState, first: StepKey, *, restart: bool) -> Iterator[AbstractState]:
        depths = [depth for depth, frame in enumerate(state.frames) if frame[0] == first.flow]
        if depths and not restart:
            return  # a ring of runs has a rule of its own
        below = state.frames[: depths[0]] if depths else state.frames
        yield replace(state, frames=(*below, (*first, NOTHING)))

    def _come_back(self, state: AbstractState, word: str) -> Iterator[AbstractState]:
        """To the flow below, if the walk knows it: what lies under its own beginning has a walk of its own."""
        if len(state.frames) == 1:
            return
        flow = state.place.flow
        landed = replace(state, frames=state.frames[:-1])
        if self.transitions.entering(landed.place) is not None:
            known = state.known()
            given = {name: known.get(name) for name in self.transitions.release.flows[flow].gives}
            landed = self._knowing(landed, given)
        yield from self._follow(landed, self.transitions.returned(landed.place, word))

    def _knowing(self, state: AbstractState, new: Mapping[str, str | None]) -> AbstractState:
        return state.knowing(new, self.transitions.release.is_of_run)

    def _back(self, state: AbstractState) -> Iterator[AbstractState]:
        flow = self.transitions.release.flows[state.place.flow]
        if state.trail is None:
            return
        if state.trail:
            yield replace(state, frames=state.trail, trail=(), rewinds=True)
        elif state.rewinds and state.place.step != flow.first_question:
            yield replace(state.moved(flow.rewind), rewinds=False)
        else:
            yield state
