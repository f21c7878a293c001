"""A state of a walk through the flows: runs of flows, the values the walk itself has set, and where `back` leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ivr.call.condition import Test
from ivr.flow.model import StepKey
from ivr.steps.step import Step

KnownValues = frozenset[tuple[str, str]]
Frames = tuple[tuple[str, str, KnownValues], ...]
NOTHING: KnownValues = frozenset()


@dataclass(frozen=True, slots=True)
class AbstractState:
    """Runs of flows with what they have set; whole-call values; the question before.

    `trail` is the stack when that question was asked, empty for none; None: it was asked before this walk began.
    """

    frames: Frames
    call: KnownValues = NOTHING
    trail: Frames | None = None
    rewinds: bool = False

    @property
    def place(self) -> StepKey:
        """The step the walk is at."""
        return StepKey(*self.frames[-1][:2])

    def moved(self, step: str) -> AbstractState:
        """At another step of the same run."""
        flow, _, values = self.frames[-1]
        return AbstractState((*self.frames[:-1], (flow, step, values)), self.call, self.trail, self.rewinds)

    def asked(self, trail: Frames) -> AbstractState:
        """After a question that `back` leads to, or (no frames) something that makes it forget."""
        return AbstractState(self.frames, self.call, trail)

    def knowing(self, new: Mapping[str, str | None], is_of_run: Callable[[str], bool]) -> AbstractState:
        """With values set: to a word, or to something not known here (None)."""
        if not new:
            return self
        flow, step, values = self.frames[-1]
        own = {name: value for name, value in new.items() if is_of_run(name)}
        whole = {name: value for name, value in new.items() if not is_of_run(name)}
        frames = (*self.frames[:-1], (flow, step, _put(values, own)))
        return replace(self, frames=frames, call=_put(self.call, whole))

    def known(self) -> Mapping[str, str]:
        """The values the walk has set."""
        return dict(self.frames[-1][2] | self.call)


def _put(values: KnownValues, new: Mapping[str, str | None]) -> KnownValues:
    kept = {pair for pair in values if pair[0] not in new}
    return frozenset(kept | {(name, value) for name, value in new.items() if value is not None})


def literals(step: Step) -> Mapping[str, str | None]:
    """What passing a step that asks nothing sets: a literal, or something not known here."""
    return {name: type_[1:] if type_.startswith('"') else None for name, type_ in step.declared.sets.items()}


def conditions(step: Step) -> Mapping[str, list[tuple[str, Test]]]:
    """By exit, in order, the tests that must all hold for it; only a branch has any."""
    return {exit: list(tests) for exit, tests in step.declared.arms.items()}


def open_arms(arms: Mapping[str, list[tuple[str, Test]]], known: Mapping[str, str]) -> Iterator[str]:
    """The arms that may be taken: those behind an arm that surely holds may not."""
    for exit, tests in arms.items():
        decided = [test(known[name]) for name, test in tests if name in known]
        if all(decided):
            yield exit
            if len(decided) == len(tests):
                return
