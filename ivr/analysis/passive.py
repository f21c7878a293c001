"""A caller who chooses nothing, led through the flows with the real stack: where they would go.

Only what such a caller does is walked, so the states are few: silence (and, where asked for, mistakes) at a question;
any outcome of a calendar or of a condition on what is not known; a transfer that nobody answers. Values that the walk
itself has set decide the conditions on them, so that "once more, then go on" is no ring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ivr.analysis.abstract_state import NOTHING, Stand, conditions, literals, open_arms
from ivr.analysis.reach import asks, exit_of, step_at
from ivr.flow.model import Flow, Release
from ivr.steps.step import Step
from ivr.steps.target import Target

Move = tuple[str, Stand]
"""The exit taken, and where it leads."""


@dataclass(frozen=True, slots=True)
class Passive:
    """The moves of a caller who gives up at every question by one of `exits`."""

    release: Release
    exits: tuple[str, ...]

    def step(self, stand: Stand) -> tuple[Flow, Step]:
        """The flow and step the walk is at."""
        flow = self.release.flows[stand.place[0]]
        return flow, flow.steps[stand.place[1]]

    def moves(self, stand: Stand) -> Iterator[Move]:
        """Everywhere the walk may go next; an end, a person, or what cannot be known from here ends it."""
        _, step = self.step(stand)
        if step.declared.runs:
            yield from (("run", to) for to in self._enter(stand, step.declared.runs, afresh=False))
            return
        if step.kind.back == "barrier":
            stand = stand.asked(())
        if not asks(step):
            stand = stand.knowing(literals(step))
        for exit in self._taken(stand, step):
            target = step.declared.exits[exit]
            remembers = step.kind.back == "remembered" and target.to not in ("back", "repeat")
            after = stand.asked(stand.frames) if remembers else stand
            yield from ((exit, to) for to in self._follow(after, target))

    def _taken(self, stand: Stand, step: Step) -> Iterator[str]:
        if asks(step):
            yield from (exit for exit in self.exits if exit in step.declared.exits)
        elif "transfer outcome" in step.declared.inputs:
            yield from (exit for exit in step.declared.exits if exit != "answered")
        elif arms := conditions(step):
            yield from open_arms(arms, stand.known())
        else:
            yield from step.declared.exits

    def _follow(self, stand: Stand, target: Target) -> Iterator[Stand]:
        match target.to:
            case "step":
                if (to := step_at(self.step(stand)[0], target.name)) is not None:
                    yield stand.moved(to.name)
            case "flow":
                yield from self._enter(stand, target.name, afresh=True)
            case "return":
                yield from self._come_back(stand, target.name)
            case "repeat":
                yield stand
            case "back":
                yield from self._back(stand)

    def _enter(self, stand: Stand, name: str, *, afresh: bool) -> Iterator[Stand]:
        if (flow := self.release.flows.get(name)) is None:
            return
        depths = [depth for depth, frame in enumerate(stand.frames) if frame[0] == name]
        if depths and not afresh:
            return  # a ring of runs has a rule of its own
        below = stand.frames[: depths[0]] if depths else stand.frames
        yield replace(stand, frames=(*below, (name, flow.first, NOTHING)))

    def _come_back(self, stand: Stand, word: str) -> Iterator[Stand]:
        """To the flow below, if the walk knows it: what lies under its own beginning has a walk of its own."""
        if len(stand.frames) == 1:
            return
        known = stand.known()
        landed = replace(stand, frames=stand.frames[:-1])
        step = self.step(landed)[1]
        if not step.declared.runs:
            yield landed
            return
        landed = landed.knowing({name: known.get(name) for name in self.step(stand)[0].gives})
        yield from self._follow(landed, step.declared.exits[exit_of(step, word)])

    def _back(self, stand: Stand) -> Iterator[Stand]:
        flow = self.step(stand)[0]
        if stand.trail is None:
            return
        if stand.trail:
            yield replace(stand, frames=stand.trail, trail=(), rewinds=True)
        elif stand.rewinds and stand.place[1] != flow.first_question:
            yield replace(stand.moved(flow.rewind), rewinds=False)
        else:
            yield stand
