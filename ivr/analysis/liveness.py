"""What later turns read: by place, the values that still decide where a call goes, and those only spoken or kept.

Backward data flow over the declarations of the steps. It errs on the side of keeping: a value is dropped only where
no path reads it before it is saved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ivr.analysis.known import Known
from ivr.call.state import Frame
from ivr.flow.model import Flow, Release
from ivr.steps.step import Step
from ivr.steps.target import Target

Place = tuple[str, str]
"""Flow and step."""
Names = frozenset[str]
NONE: Names = frozenset()
OWN_CASE = "case"
"""Stands among a flow's values for the kind of its own last case."""
GIVE_UPS = frozenset({"no_input", "no_match", "declined"})


@dataclass(slots=True)
class _Live:
    """The values read from a place on: `decides` those a condition rests on, `said` those spoken or put on a case."""

    decides: Names = NONE
    said: Names = NONE

    def grow(self, decides: Names, said: Names) -> bool:
        if decides <= self.decides and said <= self.said:
            return False
        self.decides, self.said = self.decides | decides, self.said | said
        return True


@dataclass(slots=True)
class Uses:
    """The data flow of a release, by place. `after` is what is read once a flow run from there has come back."""

    release: Release
    at: dict[Place, _Live] = field(default_factory=dict)
    after: dict[Place, _Live] = field(default_factory=dict)
    _case_read: set[Place] = field(default_factory=set)
    _case_read_after: set[Place] = field(default_factory=set)
    _case_kept: set[Place] = field(default_factory=set)
    _case_kept_after: set[Place] = field(default_factory=set)
    call_decides: Names = NONE
    call_said: Names = NONE
    sure: Mapping[str, Names] = field(default_factory=dict)
    _begun_again: Names = NONE
    _given_back: Mapping[str, Names] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = Known(self.release)
        self._given_back = _surely_given(self.release, known)
        self.sure = {name: _surely_there(flow, known) for name, flow in self.release.flows.items()}
        self._begun_again = frozenset(
            name for _, step in _steps(self.release) for name in _entered(self.release, step, afresh=True)
        )
        targets = [shortcut.next for shortcut in self.release.shortcuts.values()]
        targets += [target for _, step in _steps(self.release) for target in step.declared.exits.values()]
        goes_back = any(target.to == "back" for target in targets)
        steps = list(_steps(self.release))
        runners: dict[str, list[Place]] = {}
        for flow, step in steps:
            place = (flow.name, step.name)
            self.at[place], self.after[place] = _Live(), _Live()
            if step.declared.runs:
                runners.setdefault(step.declared.runs, []).append(place)
        growing = True
        while growing:
            growing = any([self._grow(flow, step, runners, goes_back) for flow, step in reversed(steps)])
        self._whole_call(steps)
        self._last_case(steps)

    def decides(self, place: Place, *, below: bool) -> Names:
        """The values at a place that conditions further on rest on; `below` where another flow runs on top."""
        return (self.after if below and self._runs(place) else self.at)[place].decides

    def said(self, place: Place, *, below: bool) -> Names:
        """The values at a place that are only spoken, handed on or put on a case further on."""
        return (self.after if below and self._runs(place) else self.at)[place].said

    def _runs(self, place: Place) -> bool:
        return bool(self.release.flows[place[0]].steps[place[1]].declared.runs)

    def _grow(self, flow: Flow, step: Step, runners: Mapping[str, list[Place]], goes_back: bool) -> bool:
        declared, place = step.declared, (flow.name, step.name)
        decides, said = set[str](), set[str]()
        for exit, target in declared.exits.items():
            to = self._at_target(flow, place, target, runners)
            saved = self._surely_saved(step, exit)
            decides |= to.decides - saved
            said |= to.said - saved
            for name, source in declared.sets.items():
                if source.startswith("="):
                    _copied(name, source[1:], to, decides, said)
        if declared.runs:
            self.after[place].grow(_plain(decides), _plain(said))
            ran = self.release.flows.get(declared.runs)
            for name, source in declared.hands.items():
                if ran is not None and source.startswith("="):
                    _copied(name, source[1:], self.at[(ran.name, ran.first)], decides, said)
        decides |= declared.tests.keys()
        said |= declared.reads | declared.unsaved
        if declared.case:
            said.discard(OWN_CASE)
        if any(name.startswith("case.") for name in declared.reads | declared.unsaved):
            said.add(OWN_CASE)
        if goes_back and hasattr(step, "listening"):  # a second back leads to the first question with these values
            first = self.at[(flow.name, flow.rewind)]
            decides |= first.decides
            said |= first.said
        return self.at[place].grow(_plain(decides), _plain(said))

    def _surely_saved(self, step: Step, exit: str) -> Names:
        """The values an exit is never taken without having saved."""
        declared = step.declared
        if declared.runs:
            return self._given_back.get(declared.runs, NONE) if exit == "next" else NONE
        saved = declared.known_on.get(exit, NONE) if declared.known_on else frozenset(declared.sets)
        return NONE if exit in GIVE_UPS else frozenset(n for n in saved if not declared.sets.get(n, "").startswith("="))

    def _at_target(self, flow: Flow, place: Place, target: Target, runners: Mapping[str, list[Place]]) -> _Live:
        if target.to == "step" and target.name in flow.steps:
            return self.at[(flow.name, target.name)]
        if target.to in ("flow", "repeat"):
            return self.at[place]  # asked afresh when the flow comes back
        found = _Live()
        if target.to == "return":
            for runner in runners.get(flow.name, ()):
                back = self.after[runner]
                found.grow(back.decides & flow.gives.keys(), back.said & flow.gives.keys())
        return found

    def _whole_call(self, steps: list[tuple[Flow, Step]]) -> None:
        """Whole-call values outlive every flow, so one read anywhere is kept everywhere."""
        spoken = frozenset(name for prompt in self.release.prompts.values() for name in prompt.slots)
        self.call_decides = _of_call({name for _, step in steps for name in step.declared.tests})
        read = {name for _, step in steps for name in step.declared.reads | step.declared.unsaved}
        copied = {v[1:] for _, step in steps for v in _given(step) if v.startswith("=")}
        if any(name.startswith("call.") for name in copied):
            self.call_decides |= _of_call(copied)
        self.call_said = _of_call(read | spoken) - self.call_decides

    def case_read(self, stack: tuple[Frame, ...]) -> bool:
        """Whether `case.*` is read from this stack on before another case becomes the call's last one."""
        if self._case_read_in(stack):
            return True
        for depth, frame in enumerate(stack):  # a flow begun again drops what stands above it, and goes on from there
            if frame.flow in self._begun_again:
                again = Frame(frame.flow, self.release.flows[frame.flow].first)
                if not self.release.flows[frame.flow].intake and self._case_read_in((*stack[:depth], again)):
                    return True
        return False

    def _case_read_in(self, stack: tuple[Frame, ...]) -> bool:
        for depth, frame in enumerate(reversed(stack)):
            place = (frame.flow, frame.step)
            below = depth > 0 and self._runs(place)
            if place in (self._case_read_after if below else self._case_read):
                return True
            if place not in (self._case_kept_after if below else self._case_kept):
                return False
        return False

    def _last_case(self, steps: list[tuple[Flow, Step]]) -> None:
        growing = True
        while growing:
            growing = any([self._grow_case(flow, step) for flow, step in reversed(steps)])

    def _grow_case(self, flow: Flow, step: Step) -> bool:
        """One step of the same flow backwards: is the last case read from here, can the flow return with it kept?"""
        place, declared = (flow.name, step.name), step.declared
        on = list(declared.exits.values())
        reads_on = any((flow.name, target.name) in self._case_read for target in on if target.to == "step")
        kept_on = any(
            target.to == "return" or (target.to == "step" and (flow.name, target.name) in self._case_kept)
            for target in on
        )
        if hasattr(step, "listening") and step.name != flow.first_question:  # a second back
            reads_on = reads_on or (flow.name, flow.rewind) in self._case_read
            kept_on = kept_on or (flow.name, flow.rewind) in self._case_kept
        grown = _note(self._case_read_after, place, reads_on) | _note(self._case_kept_after, place, kept_on)
        entered = [self.release.flows[name] for name in _entered(self.release, step)]
        reads = any((each.name, each.first) in self._case_read for each in entered if not each.intake)
        if declared.runs in self.release.flows:
            ran = self.release.flows[declared.runs]
            passes = not ran.intake and (ran.name, ran.first) in self._case_kept
            reads_on, kept_on = reads_on and passes, kept_on and passes
        own = any(name.startswith("case.") for name in declared.reads | declared.unsaved)
        if declared.case and not own:
            return grown
        grown |= _note(self._case_read, place, own or reads or reads_on)
        return grown | _note(self._case_kept, place, kept_on)


def _note(places: set[Place], place: Place, holds: bool) -> bool:
    if not holds or place in places:
        return False
    places.add(place)
    return True


def _steps(release: Release) -> Iterator[tuple[Flow, Step]]:
    for flow in release.flows.values():
        for step in flow.steps.values():
            yield flow, step


def _given(step: Step) -> Iterator[str]:
    yield from step.declared.sets.values()
    yield from step.declared.hands.values()


def _entered(release: Release, step: Step, *, afresh: bool = False) -> Iterator[str]:
    """The flows a step may enter: by `run` (not `afresh`), by an exit, or, where it asks, by a shortcut."""
    targets = list(step.declared.exits.values())
    if hasattr(step, "listening"):
        targets += [shortcut.next for shortcut in release.shortcuts.values()]
    targets.append(release.limits.next)
    names = ["" if afresh else step.declared.runs, *(target.name for target in targets if target.to == "flow")]
    return (name for name in names if name in release.flows)


def _copied(name: str, source: str, to: _Live, decides: set[str], said: set[str]) -> None:
    """A value copied under another name is read where the copy is."""
    if name in to.decides:
        decides.add(source)
    if name in to.said:
        said.add(source)


def _surely_given(release: Release, known: Known) -> dict[str, Names]:
    """By flow, the values it has saved on every way to a plain return: what they were before is read no more."""
    given: dict[str, Names] = {}
    for (name, step, exit), names in known.returned.items():
        if not release.flows[name].steps[step].declared.exits[exit].name:
            given[name] = given.get(name, frozenset(release.flows[name].gives)) & names
    return given


def _surely_there(flow: Flow, known: Known) -> Names:
    """The values of a flow that every way to a step that speaks them has saved: whether they are there is no question
    anywhere else, for a case takes what there is."""
    read = {name for step in flow.steps.values() for name in step.declared.reads | step.declared.unsaved}
    for step in flow.steps.values():
        read -= step.declared.reads - known.before.get((flow.name, step.name), step.declared.reads)
    return _plain(read)


def _plain(names: set[str]) -> Names:
    return frozenset(name for name in names if "." not in name)


def _of_call(names: set[str] | Names) -> Names:
    return frozenset(name for name in names if name.startswith("call.") and name != "call.language")
