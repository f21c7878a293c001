"""What a caller understands of a question, from the words heard and from what the line listens for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.carrier.phone_call import HeardPrompt

_KEY = r"([0-9]|star|pound|星号|井号)"
_RANGE = re.compile(r"(?:按|press)\s*([0-9])\s*(?:到|至|to|-)\s*([0-9])", re.IGNORECASE)
_ANNOUNCED = re.compile(rf"(?:按|press)\s*{_KEY}", re.IGNORECASE)
_LONELY = re.compile(r"(?<![0-9])([0-9])(?![0-9])")
_NAMED = {"star": "*", "星号": "*", "pound": "#", "井号": "#"}


@dataclass(frozen=True, slots=True)
class HeardQuestion:
    """`keys` by the language they were announced in; `words` a recogniser expects; `digits` wanted (1: a key, 0: an
    entry of any length, ended by `finish`); whether it listens to `speech`."""

    keys: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    digits: int
    finish: str
    speech: bool

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which keys were announced, in order."""
        return tuple(dict.fromkeys(language for _, language in self.keys))


def understood(heard: Sequence[HeardPrompt], asked: Mapping[str, str]) -> HeardQuestion:
    """The question from what was said last and from the attributes of its Gather."""
    keys = [(key, said.language) for said in heard for key in _announced(said.text)]
    if not keys:
        keys = [(key, said.language) for said in heard for key in _LONELY.findall(said.text)]
    return HeardQuestion(
        keys=tuple(dict.fromkeys(keys)),
        words=tuple(word for word in asked.get("hints", "").split(",") if word),
        digits=int(asked.get("numDigits", "0")),
        finish=asked.get("finishOnKey", "#"),
        speech="speech" in asked.get("input", "dtmf"),
    )


def _announced(text: str) -> list[str]:
    found = [_NAMED.get(key.lower(), key) for key in _ANNOUNCED.findall(text)]
    for first, last in _RANGE.findall(text):
        found += [str(key) for key in range(int(first), int(last) + 1)]
    return found
