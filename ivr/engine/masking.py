"""A sensitive entry is judged before anything is stored: rows keep only its length and whether it fits."""

from __future__ import annotations

from typing import cast

from ivr.call.inputs import Digits, Given, Input, Masked, Speech
from ivr.call.keys import pressed_key
from ivr.call.state import State
from ivr.engine.shortcuts import meant_shortcut
from ivr.engine.turn_walk import Walking
from ivr.flow.model import Release
from ivr.steps.step import Question


def masked(flows: Release, state: State, came: Input) -> Input:
    """The input as it may be kept."""
    if not state.stack or not isinstance(came, Digits | Speech):
        return came
    step = flows.flows[state.stack[-1].flow].steps[state.stack[-1].step]
    entry = step.declared.entry
    if entry is None or not entry.sensitive or state.phase != "asked":
        return came
    question = cast(Question, step)
    walk = Walking(flows, state, Given(input=came))
    if key := meant_shortcut(walk, question, came):
        return Digits(pressed_key(key))  # spoken or keyed: only what it meant
    if isinstance(came, Digits) and came.keys.endswith("*"):
        return Digits("**")  # taken back by its caller: asked again, and not even its length is kept
    raw = entry.raw(came, question.listening.confidence, state.language)
    return Masked(len(raw), entry.judge(raw) is not None)
