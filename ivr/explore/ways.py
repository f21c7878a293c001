"""What can come in at a state: one input of each class, taken from the step's own declaration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from ivr.analysis.value_classes import Classes
from ivr.call.inputs import Digits, Input, NoInput, Recording, Resume, Speech
from ivr.call.state import State
from ivr.explore.graph import Way
from ivr.flow.model import Release
from ivr.steps.step import Later, Listening, Step, Waiting

Place = tuple[str, str, str, str]
"""Flow, step, phase and language."""
DIALLED = {"star": "*", "pound": "#"}
NO_LATER = Later()


def place_of(state: State) -> Place:
    """What decides which inputs can come in at a state."""
    top = state.stack[-1]
    return (top.flow, top.step, state.phase, state.language)


def ways_at(release: Release, classes: Classes, place: Place) -> list[list[Way]]:
    """Groups of ways: those of one group mean the same, and the first stands for all once that has been seen."""
    flow, name, phase, language = place
    step = release.flows[flow].steps[name]
    entry = step.declared.entry
    later = classes.later(flow, entry.save) if entry and entry.save else NO_LATER
    tried = cast(Waiting, step).tried(phase, language, later)
    groups = [[Way(means, doing, came) for came in inputs] for means, doing, inputs in tried]
    listening: Listening | None = getattr(step, "listening", None)
    if listening is not None:
        groups.append([Way("silence", "passive", NoInput())])
        groups += [[Way(f"shortcut {key}", "chosen", came) for came in inputs]
                   for key, inputs in _shortcuts(release, step, listening, phase, language)]  # fmt: skip
    if phase == "record":
        groups.append([Way("hang up while speaking", "hang up", Recording("RE1", 5, "hangup"))])
    limits = release.limits
    groups.append([Way("limit turns", "limit", NoInput(), turn=limits.turns + 1)])
    return groups


def once_at(release: Release) -> list[Way]:
    """What comes out alike in every state of a place, and so is tried once there: a hold, the other limits."""
    limits = release.limits
    return [
        Way("hold", "hold", Resume()),
        Way("limit call", "limit", NoInput(), served=limits.call + 1),
        Way("limit twice", "limit", NoInput(), turn=2 * limits.turns + 1),
    ]


def _shortcuts(
    release: Release, step: Step, listening: Listening, phase: str, language: str
) -> Iterator[tuple[str, list[Input]]]:
    """Each shortcut by its key and by a word; at a voice message by the key that ends it, something said or not."""
    for key, shortcut in release.shortcuts.items():
        if not listening.shortcuts and key != "0":
            continue
        pressed = DIALLED.get(key, key)
        if phase == "record":
            yield f"{key} after a message", [Recording("RE1", 5, pressed)]
            yield key, [Recording("RE1", 0, pressed)]
            continue
        said = [Speech(word) for word, _ in shortcut.words.get(language, ())[:1]] if listening.speech else []
        yield key, [Digits(pressed), *said]
