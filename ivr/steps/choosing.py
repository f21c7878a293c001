"""Choosing: an input against the choices of a question, by key or by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivr.call.inputs import Digits, Input, Speech
from ivr.speech.pack import Pack
from ivr.speech.polarity import polarity
from ivr.steps.spoken import meant, spoken_key
from ivr.steps.step import Listening, Tried

WordsByLanguage = Mapping[str, Sequence[tuple[str, str]]]
"""By language: pairs of (folded word, name of the choice)."""
UNCLEAR = Speech("?", 0.01)
"""Speech that no question understands: of no known word, and the recogniser is not sure of it."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Keys and words of a question's choices, both by language. `answers`: the choices are yes and no, and what is said
    is read whole, not for its longest word."""

    keys: Mapping[str, Mapping[str, str]]
    words: WordsByLanguage
    answers: Mapping[str, Pack] = field(default_factory=dict)

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
            return (name,) if name is not None else self._said(given.text, language)
        return ()

    def _said(self, text: str, language: str) -> Sequence[str]:
        if (pack := self.answers.get(language)) is None:
            return meant(text, self.words[language])
        answer = polarity(text, pack)
        return () if answer == "unclear" else (answer,)

    def tried(self, language: str, listening: Listening) -> list[Tried]:
        """Each choice by its key and a word of its own; then keys that mean none of them, then words that do.

        Some free keys may be shortcuts of the hotline: the others are tried as keys that mean nothing.
        """
        keys = self.keys[language]
        words = self.words[language] if listening.speech else ()
        found = []
        for key, name in keys.items():
            spoken = (word for word, named in words if named == name and self._said(word, language) == (name,))
            found.append(Tried(name, "chosen", [Digits(key), *(Speech(word) for word in [*spoken][:1])]))
        free = [key for key in "876543219*#0" if key not in keys]
        keyed = [Digits(key) for key in free[:5]]  # at most four keys are shortcuts
        both = self._unclear(language) if words else ""
        unclear = [UNCLEAR, *([Speech(both)] if both else [])] if listening.speech else []
        if keyed:
            found.append(Tried("no_match", "passive", keyed))
        return [*found, *([Tried("no_match", "passive", unclear)] if unclear else [])]

    def _unclear(self, language: str) -> str:
        """An utterance that two choices fit equally well, or that is neither yes nor no; else an empty string."""
        if (pack := self.answers.get(language)) is not None:
            return next((said for said in pack.doubts() if self._said(said, language) == ()), "")
        words = self.words[language]
        by_length: dict[int, tuple[str, str]] = {}
        for word, name in words:
            other, named = by_length.setdefault(len(word), (word, name))
            if named != name and len(meant(f"{other} {word}", words)) == 2:
                return f"{other} {word}"
        return ""
