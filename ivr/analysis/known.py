"""Which values are surely known before each step, on every path a call can come by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.analysis.abstract_state import conditions
from ivr.analysis.reach import exit_of, step_at
from ivr.flow.model import Flow, Release
from ivr.steps.step import GIVE_UPS, Step
from ivr.steps.target import Target

Names = frozenset[str]
NONE: Names = frozenset()
A_CASE = "case.*"
"""Stands for the facts of the last case: there is one from an intake's entering or a `case` step on."""
NOT_SAVING = frozenset({*GIVE_UPS, "declined"})


class Known:
    """Definite assignment over all flows. Names with a dot hold for the whole call, others for one run of a flow.

    `before` has only the steps a call can come to; `returned` what is known at each exit that returns.
    """

    def __init__(self, release: Release) -> None:
        self.release = release
        self.before: dict[tuple[str, str], Names] = {}
        self.returned: dict[tuple[str, str, str], Names] = {}
        self._out: dict[tuple[str, str], Names] = {}
        self._run_at: dict[str, list[tuple[str, str]]] = {}
        for flow in release.flows.values():
            for step in flow.steps.values():
                self._run_at.setdefault(step.declared.runs, []).append((flow.name, step.name))
        self._to_pass: dict[tuple[str, str], None] = {}
        ways_in = [release.limits.next, *(shortcut.next for shortcut in release.shortcuts.values())]
        roots = [*release.entries, *(way.name for way in ways_in if way.to == "flow")]
        for name in roots:
            self._enter(name, NONE)
        while self._to_pass:
            place = next(iter(self._to_pass))
            del self._to_pass[place]
            flow = release.flows[place[0]]
            self._pass(flow, flow.steps[place[1]], self.before[place])

    def _arrive(self, place: tuple[str, str], state: Names) -> None:
        if _meet(self.before, place, state):
            self._to_pass[place] = None

    def _enter(self, name: str, state: Names) -> None:
        flow = self.release.flows.get(name)
        if flow is not None:
            begun = whole_call(state) | set(flow.takes) | ({A_CASE} if flow.intake else NONE)
            self._arrive((name, flow.first), begun)

    def _pass(self, flow: Flow, step: Step, state: Names) -> None:
        exits, ran = step.declared.exits, step.declared.runs
        if ran in self.release.flows:
            self._enter(ran, state)
            for (name, word), out in list(self._out.items()):
                if name == ran:
                    exit = exit_of(step, word)
                    self._go(flow, step, exit, exits[exit], state | out | saved(step, exit))
            return
        if ran:  # what a flow that cannot be read gives is taken to be there
            state |= {name for other in flow.steps.values() for name in other.declared.reads}
        tests = tested(step)
        for exit, target in exits.items():
            self._go(flow, step, exit, target, state | saved(step, exit) | tests.get(exit, NONE))

    def _go(self, flow: Flow, step: Step, exit: str, target: Target, state: Names) -> None:
        if target.to == "step":
            if (to := step_at(flow, target.name)) is not None:
                self._arrive((flow.name, to.name), state)
        elif target.to == "flow":
            self._enter(target.name, state)
        elif target.to == "return":
            if _meet(self._out, (flow.name, target.name), whole_call(state)):
                self._to_pass |= {place: None for place in self._run_at.get(flow.name, ()) if place in self.before}
            _meet(self.returned, (flow.name, step.name, exit), state)


def _meet(table: dict[Any, Names], key: object, state: Names) -> bool:
    """Keep what every way so far knows; whether that has changed."""
    met = table[key] & state if key in table else state
    changed = table.get(key) != met
    table[key] = met
    return changed


def whole_call(state: Names) -> Names:
    """What holds outside this run of a flow too."""
    return frozenset(name for name in state if "." in name)


def saved(step: Step, exit: str) -> Names:
    """What is known once a step is left by an exit."""
    declared = step.declared
    made = NONE if exit in NOT_SAVING else frozenset(declared.sets)
    if declared.known_on:
        made = declared.known_on.get(exit, NONE)
    return made | {A_CASE} if step.declared.case else made


def tested(step: Step) -> Mapping[str, Names]:
    """By exit, the values its tests prove known: a value not known fails every test but `{known: no}`."""
    past: Names = NONE
    proved = {}
    for exit, tests in conditions(step).items():
        proved[exit] = past | {name for name, test in tests if not test(None)}
        if len(tests) == 1 and tests[0][1](None):
            past |= {tests[0][0]}
    return proved
