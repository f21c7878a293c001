"""What one question would make of one utterance, nothing else being known: no call, no state, nothing kept."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from ivr.call.events import Failed
from ivr.call.inputs import Given, Speech
from ivr.call.state import Frame, State
from ivr.engine.shortcuts import understand_at
from ivr.engine.turn_walk import Walking
from ivr.flow.model import Release, StepKey
from ivr.speech.understood import NOT_UNDERSTOOD, Understood
from ivr.steps.step import Question, Step


def hearing_phase(step: Step) -> str:
    """The phase in which a step hears words; empty where it hears none."""
    declared = step.declared
    if declared.listening is None or not declared.listening.speech:
        return ""
    if declared.entry is not None:
        return "asked"
    return next(iter(declared.choices), "")


def hear(release: Release, at: StepKey, language: str, text: str, now: datetime) -> Understood:
    """What a question hears in an utterance. `now` is when the call began: an entry may be a day."""
    step = release.flows[at.flow].steps[at.step]
    state = State(stack=(Frame(at.flow, at.step),), language=language, phase=hearing_phase(step))
    facts = {"call.started": now.isoformat()}
    walk = Walking(release, state, Given(Speech(text), facts=facts))
    if step.declared.listening is None or not walk.phase:
        return NOT_UNDERSTOOD
    understood = understand_at(walk, cast(Question, step), Speech(text))
    if understood.outcome == "shortcut" or step.declared.entry is None:
        return understood
    return _entry(walk, step, text)


def _entry(walk: Walking, step: Step, text: str) -> Understood:
    """What the step itself takes as an entry: it goes on to confirm it, or has saved it."""
    step.answer(walk, Speech(text))
    if any(isinstance(event, Failed) for event in walk.events):
        return NOT_UNDERSTOOD
    if walk.phase == "confirm":
        return Understood("entry", value=walk.entry, by="entry")
    saved = step.declared.entry.save if step.declared.entry is not None else ""
    return Understood("entry", value=walk.read(saved) or "" if saved else "", by="entry")
