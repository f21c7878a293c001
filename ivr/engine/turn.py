"""One turn of a call: a pure function from a state and an input to the next state, events and verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from ivr.call.events import Event
from ivr.call.inputs import Digits, Given, NoInput, ReplyRefused, Resume, Speech, Start
from ivr.call.state import Frame, State
from ivr.call.verbs import Verb
from ivr.engine.limits import limit_met
from ivr.engine.placed import case_of, placed_values
from ivr.engine.shortcuts import understand_at
from ivr.engine.turn_walk import Walking
from ivr.flow.model import Release
from ivr.steps.step import Question


class Turn(NamedTuple):
    """The result of a turn: the next state, what happened, and what the caller hears next."""

    state: State
    events: Sequence[Event]
    verbs: Sequence[Verb]


def begin(flows: Release, flow: str, language: str = "") -> State:
    """The state of a call before its first turn, in the entry flow.

    A flow under `outgoing` begins a call that we placed; where it takes a case, that one is the call's from the start.
    """
    about = case_of(flows, flow)
    placed = placed_values(flows, flow)
    return State(
        stack=(Frame(flow, flows.flows[flow].first, case=about),),
        language=language if language in flows.languages else flows.first_language,
        call={**flows.call_values, **placed} if placed else flows.call_values,
        case=about,
    )


def take_turn(flows: Release, state: State, given: Given, now: datetime) -> Turn:
    """Take one turn. Total over all inputs: it never raises, never ends in silence, and always ends.

    `now` is the turn's one instant; with the facts in `given` it is all that comes from outside. The same four
    arguments always give the same turn.
    """
    walk = Walking(flows, state, given)
    walk_turn(walk, state, given)
    return Turn(walk.freeze(), walk.events, walk.verbs)


def walk_turn(walk: Walking, state: State, given: Given) -> None:
    """Do what came in, and walk until a step waits for the caller or the call has ended."""
    if type(given.input) is ReplyRefused:
        walk.trouble()
    elif not state.stack:
        walk.finish()
    elif limit := limit_met(walk.flows, state, given):
        walk.meet_limit(limit)
    else:
        _answer(walk, given)
    walk.go()


def _answer(walk: Walking, given: Given) -> None:
    step = walk.step
    came = given.input
    kind = type(came)
    if not walk.phase or kind is Start:
        if kind is Start:
            if walk.machine_hears():
                return
            walk.greet()
            walk.entered()  # the entry flow may be an intake itself
        walk.arrive()
        return
    if kind is NoInput and walk.machine_hears():
        return
    if step.declared.listening is None:
        step.answer(walk, came)
        return
    question = cast(Question, step)
    if kind is Digits or kind is Speech:
        understood = understand_at(walk, question, came)
        if understood.outcome == "shortcut":
            walk.shortcut(understood.name, understood.topic)
        else:
            step.answer(walk, came)
    elif kind is Resume:
        question.ask(walk, again=False)
    elif kind is NoInput:
        if walk.fail("no_input", question.listening):
            question.ask(walk, again=True)
    else:
        step.answer(walk, came)
