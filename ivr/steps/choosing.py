"""Choosing: an input against the choices of a question, by key or by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.call.inputs import Digits, Input, Speech
from ivr.steps.spoken import meant, spoken_key
from ivr.steps.step import Listening

Words = Mapping[str, Sequence[tuple[str, str]]]
"""By language: pairs of (folded word, name of the choice)."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Keys and words of a question's choices, both by language."""

    keys: Mapping[str, Mapping[str, str]]
    words: Words

    def chosen(self, given: Input, language: str, listening: Listening) -> Sequence[str]:
        """The names of the choices that fit: one is the answer, none or several are a no-match."""
        keys = self.keys[language]
        match given:
            case Digits(keys=pressed):
                name = keys.get(pressed)
                return (name,) if name is not None else ()
            case Speech(text=text, confidence=confidence):
                if confidence is not None and confidence < listening.confidence:
                    return ()
                name = keys.get(spoken_key(text))
                return (name,) if name is not None else meant(text, self.words[language])
        return ()
