"""Choosing: an input against the choices of a question, by key or by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ivr.call.inputs import Digits, Input, Speech
from ivr.speech.pack import Pack
from ivr.speech.understanding import NO_SHORTCUTS, Asked, Shortcuts, understand
from ivr.speech.understood import NOT_UNDERSTOOD, Topics, Understood
from ivr.speech.words import Words
from ivr.steps.step import Listening, Tried

UNCLEAR = Speech("?", 0.01)
"""Speech that no question understands: of no known word, and the recogniser is not sure of it."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Keys and words of a question's choices, both by language. `answers`: the choices are yes and no, and what is said
    is read whole, not for its longest word. `topics`: of those its choices list. `asks`: where several fit, it asks."""

    keys: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Words]
    answers: Mapping[str, Pack] = field(default_factory=dict)
    topics: Mapping[str, Topics] = field(default_factory=dict)
    asks: bool = False

    def chosen(self, given: Input, language: str, listening: Listening) -> Sequence[str]:
        """The names of the choices that fit: one is the answer, none or several are a no-match."""
        return self.understood(given, language, listening).choices

    def understood(
        self, given: Input, language: str, listening: Listening, shortcuts: Shortcuts = NO_SHORTCUTS
    ) -> Understood:
        """What an input means here, the shortcuts of the hotline among it where they are given."""
        if type(given) is Digits:
            name = self.keys[language].get(given.keys)
            return Understood("choice", name, by="key") if name is not None else NOT_UNDERSTOOD
        if type(given) is Speech:
            return understand(given.text, given.confidence, self.asked(language, listening.confidence), shortcuts)
        return NOT_UNDERSTOOD

    def asked(self, language: str, floor: float = 0.0) -> Asked:
        """The question as it listens in a language."""
        answers, topics = self.answers.get(language), self.topics.get(language)
        return Asked(self.keys[language], self.words[language], answers, topics, floor, self.asks, language)

    def _said(self, text: str, language: str) -> Sequence[str]:
        return understand(text, None, self.asked(language)).choices

    def tried(self, language: str, listening: Listening) -> list[Tried]:
        """Each choice by its key and a word of its own; then keys that mean none of them, then words that do.

        Some free keys may be shortcuts of the hotline: the others are tried as keys that mean nothing.
        """
        keys = self.keys[language]
        words = self.words[language]
        found = []
        for key, name in keys.items():
            inputs: list[Input] = [Digits(key)]
            going_on = list[Tried]()
            if listening.speech:
                inputs += [Speech(said) for said in self._witnesses(name, language)]
                here, going_on = self._by_topic(name, language)
                inputs += here
            found += [Tried(name, "chosen", inputs), *going_on]
        free = [key for key in "876543219*#0" if key not in keys]
        keyed = [Digits(key) for key in free[:5]]  # at most four keys are shortcuts
        heard = bool(words) or language in self.topics
        both = self._unclear(language) if heard and listening.speech else ""
        unclear = [UNCLEAR, *([Speech(both)] if both else [])] if listening.speech else []
        if keyed:
            found.append(Tried("no_match", "passive", keyed))
        return [*found, *([Tried("no_match", "passive", unclear)] if unclear else [])]

    def _witnesses(self, name: str, language: str) -> Sequence[str]:
        """Something that may be said for a choice, if anything said here means it."""
        said = (each for word in self.words[language].of(name) for each in word.net.utterances())
        return [*islice((each for each in said if self._said(each, language) == (name,)), 1)]

    def _by_topic(self, name: str, language: str) -> tuple[list[Speech], list[Tried]]:
        """Something about a topic of a choice; and for each topic that another menu may answer by too, a class of its
        own, for it walks further."""
        topics, here, going_on = self.topics.get(language), list[Speech](), list[Tried]()
        for topic, sayable, goes_on in topics.samples(name) if topics is not None else ():
            said = next((each for each in sayable if self._is_about(each, language, name, topic)), None)
            if said is not None and goes_on:
                going_on.append(Tried(f"{name} by {topic}", "chosen", [Speech(said)]))
            elif said is not None and not here:
                here.append(Speech(said))
        return here, going_on

    def _is_about(self, said: str, language: str, name: str, topic: str) -> bool:
        heard = understand(said, None, self.asked(language))
        return (heard.outcome, heard.name, heard.topic) == ("choice", name, topic)

    def _unclear(self, language: str) -> str:
        """An utterance that two choices fit equally well, or that is neither yes nor no; else an empty string."""
        if (pack := self.answers.get(language)) is not None:
            return next((said for said in pack.doubts() if self._said(said, language) == ()), "")
        by_length: dict[int, tuple[str, str]] = {}
        for word in self.words[language].words:
            said = next(word.net.utterances())
            other, named = by_length.setdefault(len(said), (said, word.name))
            if named != word.name and len(self._said(f"{other}, {said}", language)) != 1:
                return f"{other}, {said}"
        return self._between(language)

    def _between(self, language: str) -> str:
        """An utterance about topics of two choices, which is asked; empty for none."""
        topics = self.topics.get(language)
        names = dict.fromkeys(self.keys[language].values())
        firsts = [next(topics.samples(name), None) for name in names] if topics is not None else []
        said = [sample.said[0] for sample in firsts if sample is not None]
        pairs = (f"{one}, {other}" for n, one in enumerate(said) for other in said[n + 1 :])
        return next((pair for pair in pairs if understand(pair, None, self.asked(language)).outcome == "ask"), "")
