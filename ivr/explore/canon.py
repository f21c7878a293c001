"""The canonical form of a state: what no later turn can tell apart becomes one. It is itself a state of the engine.

Cutting commutes with the turn: `canon(turn(s)) == canon(turn(canon(s)))`, with the same labels. Tests and the end of
every run of explore check that on real calls.
"""

from __future__ import annotations

from ivr.analysis.liveness import OWN_CASE, Uses
from ivr.analysis.value_classes import Classes
from ivr.call.state import NO_VALUES, Frame, State, Values, encode_state
from ivr.engine.placed import canonical
from ivr.flow.model import Release, StepKey

SAID = "1"
"""Stands for any value that is only spoken, handed on or put on a case: that it is there is all that matters; and where
it is there whenever it is spoken, not even that."""


class Canon:
    """Brings the states of one release into canonical form.

    Whole-call values that decide something are left out: the engine then asks for them like for facts, and every
    answer is tried. That is more than can happen, and needs a fraction of the states.
    """

    def __init__(self, release: Release, classes: Classes) -> None:
        self.release, self.classes, self.uses = release, classes, Uses(release)
        self.keeps_language = language_matters(release)
        self._cut: dict[tuple[str, str, bool, str, tuple[tuple[str, str], ...]], Frame] = {}

    def __call__(self, state: State) -> State:
        """The state that stands for all that behave like this one."""
        language = state.language if self.keeps_language else self.release.first_language
        if not state.stack:
            return State(stack=(), language=language)
        top, trail = state.stack[-1], state.trail
        read = bool(state.case) and (self.uses.last_case.is_read(state.stack) or self.uses.last_case.is_read(trail))
        return State(
            stack=self.frames(state.stack),
            language=language,
            phase=state.phase,
            no_input=state.no_input,
            no_match=state.no_match,
            refused=state.refused,
            entry=self._entry(top, state.entry) if state.entry else "",
            call=self._call(state.call) if state.call else state.call,
            case=state.case if read else "",
            trail=self.frames(trail),
            may_rewind=state.may_rewind,
        )

    def key(self, state: State) -> bytes:
        """The name of a canonical state."""
        return encode_state(state)

    def frames(self, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The runs of a stack that stand for all that behave like them."""
        if not frames:
            return frames
        if len(frames) == 1:
            return (self._frame(frames[0], below=False),)
        return (*(self._frame(frame, below=True) for frame in frames[:-1]), self._frame(frames[-1], below=False))

    def _frame(self, frame: Frame, *, below: bool) -> Frame:
        key = (frame.flow, frame.step, below, frame.case, tuple(frame.values.items()))
        found = self._cut.get(key)
        if found is None:
            found = self._cut[key] = self._cut_frame(frame, below=below)
        return found

    def _cut_frame(self, frame: Frame, *, below: bool) -> Frame:
        place = StepKey(frame.flow, frame.step)
        decides, said = self.uses.decides(place, below=below), self.uses.said(place, below=below)
        kept = dict.fromkeys(sorted(said & self.uses.sure[frame.flow]), SAID)
        for name, value in sorted(frame.values.items()):
            if name in decides:
                kept[name] = self.classes.standing_for(frame.flow, name, value)
            elif name in said:
                kept[name] = SAID
        return Frame(frame.flow, frame.step, kept or NO_VALUES, frame.case if OWN_CASE in said else "")

    def _call(self, values: Values) -> Values:
        said = {name: SAID for name in values if name in self.uses.call_said}
        return {**said, **canonical(values)} or NO_VALUES

    def _entry(self, top: Frame, entry: str) -> str:
        """An entry being confirmed: the class of the value it will be."""
        step = self.release.flows[top.flow].steps[top.step]
        taken = step.declared.entry
        return self.classes.standing_for(top.flow, taken.save, entry) if taken and taken.save else SAID


def language_matters(release: Release) -> bool:
    """Whether the language decides anything: a condition on it, or a choice offered in some languages only."""
    for flow in release.flows.values():
        for step in flow.steps.values():
            if "call.language" in step.declared.tests or "=call.language" in step.declared.sets.values():
                return True
            for choosing in step.declared.choices.values():
                if len({tuple(keys.items()) for keys in choosing.keys.values()}) > 1:
                    return True
    return False
