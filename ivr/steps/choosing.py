"""Choosing: an input against the choices of a question, by key or by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.call.inputs import Digits, Input, Speech
from ivr.steps.spoken import meant, spoken_key
from ivr.steps.step import Listening, Tried

WordsByLanguage = Mapping[str, Sequence[tuple[str, str]]]
"""By language: pairs of (folded word, name of the choice)."""
UNCLEAR = Speech("?", 0.01)
"""Speech that no question understands: of no known word, and the recogniser is not sure of it."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Keys and words of a question's choices, both by language."""

    keys: Mapping[str, Mapping[str, str]]
    words: WordsByLanguage

    def chosen(self, given: Input, language: str, listening: Listening) -> Sequence[str]:
        """The names of the choices that fit: one is the answer, none or several are a no-match."""
        keys = self.keys[language]
        if type(given) is Digits:
            name = keys.get(given.keys)
            return (name,) if name is not None else ()
        if type(given) is Speech:
            if given.confidence is not None and given.confidence < listening.confidence:
                return ()
            name = keys.get(spoken_key(given.text))
            return (name,) if name is not None else meant(given.text, self.words[language])
        return ()

    def tried(self, language: str, listening: Listening) -> list[Tried]:
        """Each choice by its key and a word of its own; then keys that mean none of them, then words that do.

        Some free keys may be shortcuts of the hotline: the others are tried as keys that mean nothing.
        """
        keys = self.keys[language]
        words = self.words[language] if listening.speech else ()
        found = []
        for key, name in keys.items():
            spoken = (word for word, named in words if named == name and meant(word, words) == (name,))
            found.append(Tried(name, "chosen", [Digits(key), *(Speech(word) for word in [*spoken][:1])]))
        free = [key for key in "876543219*#0" if key not in keys]
        keyed = [Digits(key) for key in free[:5]]  # at most four keys are shortcuts
        both = _unclear(words)
        unclear = [UNCLEAR, *([Speech(both)] if both else [])] if listening.speech else []
        if keyed:
            found.append(Tried("no_match", "passive", keyed))
        return [*found, *([Tried("no_match", "passive", unclear)] if unclear else [])]


def _unclear(words: Sequence[tuple[str, str]]) -> str:
    """An utterance that two choices fit equally well, or an empty string."""
    by_length: dict[int, tuple[str, str]] = {}
    for word, name in words:
        other, named = by_length.setdefault(len(word), (word, name))
        if named != name and len(meant(f"{other} {word}", words)) == 2:
            return f"{other} {word}"
    return ""
