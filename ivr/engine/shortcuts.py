"""Shortcut keys: valid in every question, tried before the question's own answers."""

from __future__ import annotations

from ivr.call.inputs import Digits, Input, Speech
from ivr.call.keys import written_key
from ivr.engine.turn_walk import Walking
from ivr.steps.spoken import fold, meant, spoken_key
from ivr.steps.step import Question


def meant_shortcut(walk: Walking, question: Question, came: Input) -> str:
    """The shortcut key an input means at this question, or an empty string."""
    if type(came) is Digits:
        key = written_key(came.keys)
        known = key in walk.flows.shortcuts and key in walk.shortcut_keys(question.listening)
        return key if known and not question.own_entry(came.keys) else ""
    if type(came) is Speech:
        if came.confidence is not None and came.confidence < question.listening.confidence:
            return ""
        return _said(walk, question, came.text)
    return ""


def _said(walk: Walking, question: Question, text: str) -> str:
    allowed = walk.shortcut_keys(question.listening)
    key = spoken_key(text)
    if key in allowed and not question.own_entry(key):
        return key
    words = [pair for key in allowed for pair in walk.flows.shortcuts[key].words.get(walk.language, ())]
    if question.own_entry(text):
        words = [pair for pair in words if pair[0] == fold(text)]
    found = meant(text, words)
    return found[0] if len(found) == 1 else ""
