"""Which values are surely known before each step, on every path a call can come by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ivr.analysis.abstract_state import conditions
from ivr.analysis.transitions import Transition, Transitions
from ivr.flow.model import Release, StepKey
from ivr.steps.step import Step

ValueNames = frozenset[str]
NONE: ValueNames = frozenset()
A_CASE = "case.*"
"""Stands for the facts of the last case: there is one from an intake's entering or a `case` step on."""


class ReturnKey(NamedTuple):
    """A flow and a word it returns by."""

    flow: str
    word: str


class ReturningExit(NamedTuple):
    """An exit that returns: its flow, its step, its own name."""

    flow: str
    step: str
    exit: str


class Known:
    """Definite assignment over all flows. Facts and whole-call values hold on, others for one run of a flow.

    `before` has only the steps a call can reach; `returned` what is known at each exit that returns.
    """

    def __init__(self, transitions: Transitions) -> None:
        self.transitions, self.release = transitions, transitions.release
        self.before: dict[StepKey, ValueNames] = {}
        self.returned: dict[ReturningExit, ValueNames] = {}
        self._out: dict[ReturnKey, ValueNames] = {}
        self._to_pass: dict[StepKey, None] = {}
        for name in transitions.roots():
            if (flow := self.release.flows.get(name)) is not None:
                self._enter(StepKey(name, flow.first), NONE)
        # Invariant: `before` and `_out` hold, for each key, what all paths passed so far know there; a step stands in
        # `_to_pass` if that has shrunk since the step was passed. Meeting only takes names away, so this ends, at the
        # greatest solution.
        while self._to_pass:
            key = next(iter(self._to_pass))
            del self._to_pass[key]
            self._pass(key, self.before[key])

    def _arrive(self, key: StepKey, state: ValueNames) -> None:
        if _meet(self.before, key, state):
            self._to_pass[key] = None

    def _enter(self, first: StepKey, state: ValueNames) -> None:
        flow = self.release.flows[first.flow]
        begun = outside_run(self.release, state) | set(flow.takes) | ({A_CASE} if flow.intake else NONE)
        self._arrive(first, begun)

    def _pass(self, key: StepKey, state: ValueNames) -> None:
        step = self.transitions.step(key)
        run = self.transitions.entering(key)
        if run is not None and run.to is not None:
            self._enter(run.to, state)
            for (name, word), out in list(self._out.items()):
                if key in self.transitions.below(name):
                    after = self.transitions.returned(key, word)
                    self._go(key, after, state | out | saved(step, after.exit))
            return
        if step.declared.runs:  # what a flow that cannot be read gives is taken to be there
            steps = self.release.flows[key.flow].steps.values()
            state |= {name for other in steps for name in other.declared.reads}
        tests = tested(step)
        for transition in self.transitions.exits(key):
            exit = transition.exit
            self._go(key, transition, state | saved(step, exit) | tests.get(exit, NONE))

    def _go(self, key: StepKey, transition: Transition, state: ValueNames) -> None:
        """Carry on what is known. `back`, `repeat` and a question asked again reach a step that knew less."""
        if transition.leads == "step" and transition.to is not None:
            self._arrive(transition.to, state)
        elif transition.leads == "flow" and transition.to is not None:
            self._enter(transition.to, state)
        elif transition.leads == "return":
            if _meet(self._out, ReturnKey(key.flow, transition.word), outside_run(self.release, state)):
                below = self.transitions.below(key.flow)
                self._to_pass |= dict.fromkeys(each for each in below if each in self.before)
            _meet(self.returned, ReturningExit(*key, transition.exit), state)


def _meet(table: dict[Any, ValueNames], key: object, state: ValueNames) -> bool:
    """Keep what every way so far knows; whether that has changed."""
    met = table[key] & state if key in table else state
    changed = table.get(key) != met
    table[key] = met
    return changed


def outside_run(release: Release, state: ValueNames) -> ValueNames:
    """What holds outside this run of a flow too."""
    return frozenset(name for name in state if name == A_CASE or not release.is_of_run(name))


def saved(step: Step, exit: str) -> ValueNames:
    """What is known once a step is left by an exit."""
    made = step.declared.saves(exit)
    return made | {A_CASE} if step.declared.case else made


def tested(step: Step) -> Mapping[str, ValueNames]:
    """By exit, the values its tests prove known: a value not known fails every test but `{known: no}`."""
    past: ValueNames = NONE
    proved = {}
    for exit, tests in conditions(step).items():
        proved[exit] = past | {name for name, test in tests if not test(None)}
        if len(tests) == 1 and tests[0][1](None):
            past |= {tests[0][0]}
    return proved
