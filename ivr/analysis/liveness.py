"""What later turns read: by place, the values that still decide where a call goes, and those only spoken or kept.

Backward data flow over the declarations of the steps. It errs on the side of keeping: a value is dropped only where
no path reads it before it is saved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.analysis.known import NONE, Known, ValueNames
from ivr.analysis.last_case import LastCase
from ivr.analysis.transitions import Transition, Transitions
from ivr.call.events import PHONE
from ivr.call.facts import CASE_FACTS
from ivr.flow.model import Flow, Release, StepKey
from ivr.steps.step import Step

OWN_CASE = "case"
"""Stands among a flow's values for the kind of its own last case."""


@dataclass(slots=True)
class _Live:
    """The values read from a place on: `decides` those a condition rests on, `said` those spoken or put on a case."""

    decides: ValueNames = NONE
    said: ValueNames = NONE

    def grow(self, decides: ValueNames, said: ValueNames) -> bool:
        if decides <= self.decides and said <= self.said:
            return False
        self.decides, self.said = self.decides | decides, self.said | said
        return True


class Uses:
    """The data flow of a release, by place. `after` is what is read once a flow run from there has come back.

    `call_decides` and `call_said` are the whole-call values, `sure` by flow the values that are known wherever they
    are spoken, `last_case` the uses of `case.*`.
    """

    def __init__(self, release: Release) -> None:
        self.release = release
        self.transitions = Transitions(release)
        self.last_case = LastCase(self.transitions)
        known = Known(self.transitions)
        self._given_back = _surely_given(release, known)
        self.sure = {name: _surely_there(release, flow, known) for name, flow in release.flows.items()}
        self._goes_back = _goes_back(self.transitions)
        keys = [StepKey(flow.name, step.name) for flow, step in release.steps()]
        self.at = {key: _Live() for key in keys}
        self.after = {key: _Live() for key in keys}
        growing = True
        # Invariant: each name noted at a place is read on some path from there before that path surely saves it.
        # Names are only added, so this ends, at the least solution; any order would do, and backwards is the fastest.
        while growing:
            growing = any([self._grow(key) for key in reversed(keys)])
        self._whole_call()

    def decides(self, place: StepKey, *, below: bool) -> ValueNames:
        """The values at a place that conditions further on rest on; `below` where another flow runs on top."""
        return (self.after if below and self._runs(place) else self.at)[place].decides

    def said(self, place: StepKey, *, below: bool) -> ValueNames:
        """The values at a place that are only spoken, handed on or put on a case further on."""
        return (self.after if below and self._runs(place) else self.at)[place].said

    def _runs(self, place: StepKey) -> bool:
        return bool(self.transitions.step(place).declared.runs)

    def _grow(self, key: StepKey) -> bool:
        step = self.transitions.step(key)
        declared = step.declared
        decides, said = set[str](), set[str]()
        for transition in self.transitions.exits(key):
            to = self._on(key, transition)
            saved = self._surely_saved(step, transition.exit)
            decides |= to.decides - saved
            said |= to.said - saved
            for name, source in declared.sets.items():
                if source.startswith("="):
                    _copied(name, source[1:], to, decides, said)
        if declared.runs:
            self.after[key].grow(self._of_run(decides), self._of_run(said))
            run = self.transitions.entering(key)
            for name, source in declared.hands.items():
                if run is not None and run.to is not None and source.startswith("="):
                    _copied(name, source[1:], self.at[run.to], decides, said)
        decides |= declared.tests.keys()
        said |= declared.reads | declared.unsaved
        if declared.case:
            said.discard(OWN_CASE)
        if CASE_FACTS & (declared.reads | declared.unsaved):
            said.add(OWN_CASE)
        if (
            self._goes_back and step.declared.listening is not None
        ):  # a second back leads to the rewind with these values
            first = self.at[StepKey(key.flow, self.release.flows[key.flow].rewind)]
            decides |= first.decides
            said |= first.said
        return self.at[key].grow(self._of_run(decides), self._of_run(said))

    def _surely_saved(self, step: Step, exit: str) -> ValueNames:
        """The values an exit is never taken without having saved."""
        declared = step.declared
        if declared.runs:
            return self._given_back.get(declared.runs, NONE) if exit == "next" else NONE
        return frozenset(name for name in declared.saves(exit) if not declared.sets.get(name, "").startswith("="))

    def _on(self, key: StepKey, transition: Transition) -> _Live:
        """What is read behind an exit of values that are in this run of the flow."""
        match transition.leads:
            case "step" if transition.to is not None:
                return self.at[transition.to]
            case "flow" | "repeat":
                return self.at[key]  # asked again when the flow returns
            case "return":
                return self._given(self.release.flows[key.flow])
        return _Live()  # `back` brings its own values: those of the question before

    def _given(self, flow: Flow) -> _Live:
        found = _Live()
        for below in self.transitions.below(flow.name):
            if self._runs(below):
                back = self.after[below]
                found.grow(back.decides & flow.gives.keys(), back.said & flow.gives.keys())
        return found

    def _whole_call(self) -> None:
        """Whole-call values outlive every flow, so one read anywhere is kept everywhere."""
        steps = [step for _, step in self.release.steps()]
        spoken = {name for prompt in self.release.prompts.values() for name in prompt.slots}
        self.call_decides = self._of_call({name for step in steps for name in step.declared.tests})
        read = {name for step in steps for name in step.declared.reads | step.declared.unsaved}
        if copied := self._of_call({value[1:] for step in steps for value in _given(step) if value.startswith("=")}):
            self.call_decides |= copied
        self.call_said = self._of_call(read | spoken) - self.call_decides

    def _of_run(self, names: set[str]) -> ValueNames:
        return frozenset(filter(self.release.is_of_run, names))

    def _of_call(self, names: set[str]) -> ValueNames:
        return frozenset(filter(self.release.is_of_call, names))


def _goes_back(transitions: Transitions) -> bool:
    """Whether anything in a release leads `back`."""
    release = transitions.release
    if any(shortcut.next.to == "back" for shortcut in release.shortcuts.values()):
        return True
    keys = (StepKey(flow.name, step.name) for flow, step in release.steps())
    return any(transition.leads == "back" for key in keys for transition in transitions.exits(key))


def _given(step: Step) -> Iterator[str]:
    yield from step.declared.sets.values()
    yield from step.declared.hands.values()


def _copied(name: str, source: str, to: _Live, decides: set[str], said: set[str]) -> None:
    """A value copied under another name is read where the copy is."""
    if name in to.decides:
        decides.add(source)
    if name in to.said:
        said.add(source)


def _surely_given(release: Release, known: Known) -> Mapping[str, ValueNames]:
    """By flow, the values it has saved on every way to a plain return: what they were before is read no more."""
    given: dict[str, ValueNames] = {}
    for (name, step, exit), names in known.returned.items():
        if not release.flows[name].steps[step].declared.exits[exit].name:
            given[name] = given.get(name, frozenset(release.flows[name].gives)) & names
    return given


def _surely_there(release: Release, flow: Flow, known: Known) -> ValueNames:
    """The values of a flow that every way to a step that speaks them has saved: whether they are there is no question
    anywhere else, for a case takes what there is. Whether a number to call is there, is asked of a case."""
    read = {name for step in flow.steps.values() for name in step.declared.reads | step.declared.unsaved}
    for step in flow.steps.values():
        read -= step.declared.reads - known.before.get(StepKey(flow.name, step.name), step.declared.reads)
        read -= {step.declared.case.fields.get(PHONE, "")} if step.declared.case else set()
    return frozenset(filter(release.is_of_run, read))
