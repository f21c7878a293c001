"""What can come in at a state: one input of each class the step declares, as far as its document can send it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import cast

from ivr.analysis.value_classes import Classes
from ivr.call.inputs import Digits, Given, Input, NoInput, Recording, Resume, Speech
from ivr.call.keys import pressed_key
from ivr.call.state import Frame, State
from ivr.call.verbs import Verb
from ivr.engine.shortcuts import meant_shortcut
from ivr.engine.turn_walk import Walking
from ivr.explore.graph import InputWay
from ivr.explore.sendable import can_send
from ivr.flow.model import Release
from ivr.speech.net import net
from ivr.steps.step import Later, Listening, Step, Waiting

QuestionInLanguage = tuple[str, str, str, str]
"""Flow, step, phase and language."""
NO_LATER = Later()
SAMPLE = "RE1"


def place_of(state: State) -> QuestionInLanguage:
    """What decides which inputs can come in at a state."""
    top = state.stack[-1]
    return (top.flow, top.step, state.phase, state.language)


def ways_at(release: Release, classes: Classes, place: QuestionInLanguage) -> list[list[InputWay]]:
    """Groups of ways: those of one group mean the same, and the first stands for all once that has been seen."""
    flow, name, phase, language = place
    step = release.flows[flow].steps[name]
    entry = step.declared.entry
    later = classes.later(flow, entry.save) if entry and entry.save else NO_LATER
    tried = cast(Waiting, step).tried(phase, language, later)
    groups = [[InputWay(means, mover, came) for came in inputs] for means, mover, inputs in tried]
    listening = step.declared.listening
    if listening is not None:
        groups = [[way for way in group if not _shortcut_meant(release, place, way.input)] for group in groups]
        groups.append([InputWay("silence", "passive", NoInput())])
        groups += [[InputWay(f"shortcut {key}", "chosen", came) for came in inputs]
                   for key, inputs in _shortcuts(release, place, listening)]  # fmt: skip
        if phase == "record":
            groups.append([InputWay("hang up while speaking", "hang up", Recording(SAMPLE, _seconds(step), "hangup"))])
        verb = verb_at(release, place)
        groups = [[way for way in group if can_send(verb, way.input)] for group in groups]
    limits = release.limits
    groups.append([InputWay("limit turns", "limit", NoInput(), turn=limits.turns + 1)])
    return [group for group in groups if group]


def verb_at(release: Release, place: QuestionInLanguage) -> Verb:
    """What a question waits with."""
    walk = _walk(release, place, Resume())
    assert walk.question is not None
    walk.question.ask(walk, again=False)
    return walk.verbs[-1]


def _walk(release: Release, place: QuestionInLanguage, came: Input) -> Walking:
    flow, name, phase, language = place
    return Walking(release, State(stack=(Frame(flow, name),), language=language, phase=phase), Given(input=came))


def _shortcut_meant(release: Release, place: QuestionInLanguage, came: Input) -> str:
    """The shortcut key that keys or words mean at a question, before it is asked whether they answer it."""
    walk = _walk(release, place, came)
    assert walk.question is not None
    return meant_shortcut(walk, walk.question, came)


def once_at(release: Release) -> list[InputWay]:
    """What comes out alike in every state of a place, and so is tried once there: a hold, the other limits."""
    limits = release.limits
    return [
        InputWay("hold", "hold", Resume()),
        InputWay("limit call", "limit", NoInput(), served=limits.call + 1),
        InputWay("limit twice", "limit", NoInput(), turn=2 * limits.turns + 1),
    ]


def _shortcuts(release: Release, place: QuestionInLanguage, listening: Listening) -> Iterator[tuple[str, list[Input]]]:
    """Each shortcut by its key and by a word; at a voice message by the key that ends it, something said or not."""
    step = release.flows[place[0]].steps[place[1]]
    for key, shortcut in release.shortcuts.items():
        pressed = pressed_key(key)
        if place[2] != "record":
            words = shortcut.words.get(place[3], ())
            said = [Speech(each) for word in words[:1] for each in islice(net(word).utterances(), 1)]
            ways: list[Input] = [Digits(pressed), *said]
            yield key, [came for came in ways if _shortcut_meant(release, place, came) == key]
        elif key != "pound" and (listening.shortcuts or key == "0"):  # pound ends a message, and does nothing more
            yield f"{key} after a message", [Recording(SAMPLE, _seconds(step), pressed)]
            yield key, [Recording(SAMPLE, 0, pressed)]


def _seconds(step: Step) -> int:
    """How long a message to try is."""
    return min(5, step.declared.message)
