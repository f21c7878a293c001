"""Shortcut keys: valid in every question, tried before the question's own answers but for its urgent choices."""

from __future__ import annotations

from ivr.call.inputs import Digits, Input, Speech
from ivr.call.keys import written_key
from ivr.engine.turn_walk import Walking
from ivr.flow.model import Release
from ivr.speech.understanding import Asked, Shortcuts, understand
from ivr.speech.understood import NOT_UNDERSTOOD, Understood
from ivr.speech.words import Words, words_of
from ivr.steps.step import Listening, Question


def meant_shortcut(walk: Walking, question: Question, came: Input) -> str:
    """The shortcut key an input means at this question, or an empty string."""
    understood = understand_at(walk, question, came)
    return understood.name if understood.outcome == "shortcut" else ""


def understand_at(walk: Walking, question: Question, came: Input) -> Understood:
    """What keys or an utterance mean at a question, whether a shortcut or a choice. An entry is the question's own."""
    listening = question.listening
    if type(came) is Digits:
        key = written_key(came.keys)
        if key in walk.shortcut_keys(listening) and not question.own_entry(came.keys):
            return Understood("shortcut", key, by="key")
    choosing = question.declared.choices.get(walk.phase)
    if type(came) is Speech:
        asked = choosing.asked(walk.language, listening.confidence) if choosing else Asked(floor=listening.confidence)
        return understand(came.text, came.confidence, asked, _shortcuts(walk, question, came.text))
    return choosing.understood(came, walk.language, listening) if choosing else NOT_UNDERSTOOD


def _shortcuts(walk: Walking, question: Question, text: str) -> Shortcuts:
    keys = [key for key in walk.shortcut_keys(question.listening) if not question.own_entry(key)]
    return Shortcuts(keys, shortcut_words(walk.flows, question.listening, walk.language), question.own_entry(text))


def shortcut_words(flows: Release, listening: Listening, language: str) -> Words:
    """What may be said for the shortcuts of a question, made once for a release."""
    place = (listening.shortcuts, language)
    found = flows.shortcut_words.get(place)
    if found is None:
        keys = flows.shortcut_keys(every=listening.shortcuts)
        found = words_of({key: flows.shortcuts[key].words.get(language, ()) for key in keys})
        flows.shortcut_words[place] = found
    return found
