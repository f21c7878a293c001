"""What a target means: the one reading of where each exit leads, and of what that does to the runs of flows.

The graph of these transitions is what every analysis goes over; each adds only what it carries along. A call is a stack
of runs. `step` moves on within the top run; `run` and `flow` put a run on top; `return` takes it off and goes on in the
step below: by an exit of a `run`, or by asking that step again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from ivr.flow.model import Flow, Release, StepKey
from ivr.flow.parse import closest
from ivr.steps.step import Step
from ivr.steps.target import TARGET_WORDS, Target, parse_target

RUN = "run"
"""How the transition is called by which a `run` enters its flow, as if it were an exit."""
LeadsTo = Literal["step", "run", "flow", "return", "repeat", "back", "end", "unknown"]


class Transition(NamedTuple):
    """Where an exit leads. `to` is the step entered by `step`, `run` and `flow`; `word` is what a `return` carries.

    A `run` always begins a new run; a `flow` that is on the stack drops all above it and begins again. `unknown` leads
    to what is not there. `guessed`: the name is misspelt, and this is what was most likely meant.
    """

    exit: str
    leads: LeadsTo
    to: StepKey | None = None
    word: str = ""
    guessed: bool = False


class Transitions:
    """The transitions of a release. `unread` are flows that exist and could not be compiled.

    A misspelt step or flow is read as the one most likely meant: one slip of the pen is one finding, not three.
    """

    def __init__(self, release: Release, unread: frozenset[str] = frozenset()) -> None:
        self.release, self.unread = release, unread
        self.begins = frozenset(release.entries)
        """The flows a call begins in; when one of them returns and nothing is below it, the call ends."""
        self._exits: dict[StepKey, tuple[Transition, ...]] = {}
        self._run: dict[StepKey, Transition] = {}
        self._entered_by: dict[str, dict[StepKey, None]] = {}
        for flow, step in release.steps():
            key = StepKey(flow.name, step.name)
            if step.declared.runs:
                ran = release.flows.get(step.declared.runs)
                self._run[key] = _entering(RUN, "run", ran)
            exits = step.declared.exits.items()
            self._exits[key] = tuple(self.meaning(flow, exit, target) for exit, target in exits)
            for transition in self.all(key):
                if transition.leads in ("run", "flow") and transition.to is not None:
                    self._entered_by.setdefault(transition.to.flow, {})[key] = None

    def step(self, key: StepKey) -> Step:
        """The step of a key."""
        return self.release.flows[key.flow].steps[key.step]

    def meaning(self, flow: Flow, exit: str, target: Target) -> Transition:
        """What it means that an exit of a step of `flow` has a target."""
        match target.to:
            case "step":
                return self._moving(flow, exit, target.name)
            case "flow":
                entered = self.flow(target.name)
                return _entering(exit, "flow", entered)._replace(guessed=target.name not in self.release.flows)
            case "return":
                return Transition(exit, "return", word=target.name)
            case "repeat" | "back":
                return Transition(exit, target.to)
            case "goodbye":
                return Transition(exit, "end")

    def _moving(self, flow: Flow, exit: str, name: str) -> Transition:
        if name not in flow.steps:
            if word := meant_word(name, flow.steps):
                return self.meaning(flow, exit, parse_target(word))._replace(guessed=True)
            meant = closest(name, flow.steps)
            to = StepKey(flow.name, meant) if meant else None
            return Transition(exit, "step" if to else "unknown", to, guessed=True)
        return Transition(exit, "step", StepKey(flow.name, name))

    def flow(self, name: str) -> Flow | None:
        """The flow of a name, or of the name most likely meant; None where it could not be read."""
        flows = self.release.flows
        return flows.get(name) or (None if name in self.unread else flows.get(closest(name, flows)))

    def entering(self, key: StepKey) -> Transition | None:
        """How a `run` enters its flow; None for every other step, and for a run of a flow that cannot be read."""
        found = self._run.get(key)
        return found if found is not None and found.leads == "run" else None

    def exits(self, key: StepKey) -> Sequence[Transition]:
        """The exits of a step; a `run` takes its own when its flow has returned."""
        return self._exits[key]

    def shortcuts(self, key: StepKey) -> Iterator[Transition]:
        """Where the shortcut keys of a question lead, as `shortcut KEY`."""
        listening = self.step(key).declared.listening
        if listening is not None:
            for pressed in self.release.shortcut_keys(every=listening.shortcuts):
                target = self.release.shortcuts[pressed].next
                yield self.meaning(self.release.flows[key.flow], f"shortcut {pressed}", target)

    def all(self, key: StepKey) -> Iterator[Transition]:
        """The entering of a `run`, and the exits of a step."""
        if (run := self._run.get(key)) is not None:
            yield run
        yield from self._exits[key]

    def named_by(self, key: StepKey) -> Iterator[str]:
        """The flows a step enters, by `run` or by an exit, as they are named there."""
        declared = self.step(key).declared
        yield from (target.name for target in declared.exits.values() if target.to == "flow")
        if declared.runs:
            yield declared.runs

    def begun(self, key: StepKey) -> Iterator[StepKey]:
        """The first steps of the flows that an exit, a shortcut or a limit may lead to from a step, by `flow NAME`."""
        limit = self.meaning(self.release.flows[key.flow], "limit", self.release.limits.next)
        for transition in (*self._exits[key], *self.shortcuts(key), limit):
            if transition.leads == "flow" and transition.to is not None:
                yield transition.to

    def below(self, flow: str) -> Collection[StepKey]:
        """The steps a run of a flow may be on top of: those that enter it, by `run` or by an exit.

        What a shortcut or a limit enters comes back to where the caller was, and so to no new place.
        """
        return self._entered_by.get(flow, {})

    def returned(self, below: StepKey, word: str) -> Transition:
        """How a step goes on when a flow it has entered returns by a word.

        A `run` takes it for the return of its own flow, even where one of its exits has entered another.
        """
        if below not in self._run:
            return Transition("", "step", below)  # it is asked again
        exit = exit_of(self.step(below), word)
        return next((each for each in self._exits[below] if each.exit == exit), Transition(exit, "end"))

    def roots(self) -> list[str]:
        """The flows a call may be in without another flow's leading there: by a number, a shortcut or a limit."""
        release = self.release
        targets = [release.limits.next, *(shortcut.next for shortcut in release.shortcuts.values())]
        return [*release.entries, *(way.name for way in targets if way.to == "flow")]

    def runs(self) -> Mapping[str, Mapping[str, str]]:
        """By flow, the flows it runs, each with the first step that does."""
        found: dict[str, dict[str, str]] = {name: {} for name in self.release.flows}
        for key, run in self._run.items():
            if run.to is not None:
                found[key.flow].setdefault(run.to.flow, key.step)
        return found


def _entering(exit: str, leads: Literal["run", "flow"], flow: Flow | None) -> Transition:
    return Transition(exit, leads, StepKey(flow.name, flow.first)) if flow else Transition(exit, "unknown")


def meant_word(name: str, steps: Iterable[str]) -> str:
    """The word `return`, `repeat`, `back` or `goodbye` that a name of no step was most likely meant to be, or nothing.

    It takes more likeness than a step's name does: a `feedback` is no `back`.
    """
    word = closest(name, [*steps, *TARGET_WORDS], likeness=0.75)
    return word if word in TARGET_WORDS else ""


def asks(step: Step) -> bool:
    """Whether a step is a question: a caller may be silent at it."""
    return "silence" in step.declared.inputs


def exit_of(step: Step, word: str) -> str:
    """The exit of a `run` that a returned word takes; one it does not name goes on by `next`."""
    return word if word in step.declared.exits else "next"
