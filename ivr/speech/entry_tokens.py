"""An utterance cut into words, each with its kind and value at a question of a type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ivr.speech.pack import plain

LONGEST_ENTRY_SAID = 640
"""Characters of an utterance that are read."""
UNKNOWN = "_"
_UNIT = re.compile(
    r"\.?[0-9]+(?:[.,:/-][0-9]+)*|[^\W\d_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+|\S",
)
_MARKS = {**dict.fromkeys(",.;:!?、。\"“”«»", ","), **dict.fromkeys("-‐‑‒–—−－", "-"), "/": "/", "(": "(", ")": ")",
          "+": "+"}  # fmt: skip
_DOTS = re.compile(r"\.{2,}")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
Units = tuple[str, ...]


class Token(NamedTuple):
    """A word with its kind (`entry_words.Phrases`; `n` is a number in figures) and value."""

    kind: str
    said: str
    value: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of a language, or of several, at questions of one type. `comma`: the decimal mark is a comma."""

    comma: bool
    same: Mapping[int, str]
    phrases: Mapping[Units, tuple[str, int]]
    lengths: Mapping[str, Sequence[int]]

    def tokens(self, text: str) -> Sequence[Token]:
        """The words of an utterance, the longest phrase first from left to right."""
        text = text[:LONGEST_ENTRY_SAID]
        if any(unicodedata.category(c) in ("No", "Nl") and c != "〇" for c in text):
            return [Token(UNKNOWN, text)]  # ½ and 2² would fold into other numbers
        folded = plain(text.replace("…", ","))[:LONGEST_ENTRY_SAID].translate(self.same)
        units, found, at = _UNIT.findall(_HYPHEN.sub(" ", _DOTS.sub(",", folded))), list[Token](), 0
        while at < len(units):
            token, length = self._token(units, at)
            found.append(token)
            at += length
        return found

    def _token(self, units: Sequence[str], at: int) -> tuple[Token, int]:
        unit = units[at]
        for length in self.lengths.get(unit, ()):
            said = tuple(units[at : at + length])
            if (known := self.phrases.get(said)) is not None:
                return Token(known[0], " ".join(said), known[1]), length
        if unit[-1].isdigit():
            return Token("n" if unit.isascii() else UNKNOWN, unit), 1
        return Token(_MARKS.get(unit, UNKNOWN), unit), 1


def units_of(phrase: str) -> Units:
    """The units of a phrase of a table."""
    return tuple(_UNIT.findall(plain(phrase)))


def kinds_of(tokens: Sequence[Token]) -> str:
    """A letter for each word; a blank for one that says nothing."""
    return "".join([" " if token.kind in "cf" else token.kind for token in tokens])
