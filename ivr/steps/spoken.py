"""Speech against words: folding an utterance and finding the one choice it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ivr.speech.named_key import named_key
from ivr.speech.wish import refused_from
from ivr.speech.words import words_of

_DIGITS = {
    "零": "0", "〇": "0", "一": "1", "幺": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6",
    "七": "7", "八": "8", "九": "9", "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_KEYS = frozenset("0123456789")


@lru_cache(maxsize=2)
def fold(text: str) -> str:
    """Width, case and punctuation folded: what two spellings of one utterance have in common.

    A turn asks for its utterance's four times; no more than that is kept of what callers say.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join([c if c.isalnum() else " " for c in plain]).split())


def digits_in(text: str) -> str:
    """The digits of an utterance that is nothing but digits, spoken or written; else an empty string."""
    return _digits_of(fold(text))


def _digits_of(folded: str) -> str:
    found = []
    for word in folded.split():
        if word in _DIGITS:
            found.append(_DIGITS[word])
            continue
        for c in word:
            digit = _DIGITS.get(c, c)
            if digit not in _KEYS:
                return ""
            found.append(digit)
    return "".join(found)


def get_ready() -> None:
    """Make what the first caller who speaks would wait for: the patterns of all tables, some milliseconds."""
    named_key("?")
    for blanks in (True, False):
        refused_from("?", blanks=blanks)


def spoken_key(text: str) -> str:
    """The key a caller names instead of pressing it ("two", "按2", "the second one"), or an empty string."""
    return named_key(text)


def meant(text: str, words: Iterable[tuple[str, str]]) -> Sequence[str]:
    """The names whose words an utterance holds, only those with the longest fit, each once.

    `words` are pairs (word as written, name). Empty: nothing fits; several: they fit equally well.
    """
    return words_of((name, word) for word, name in words).meant(text)
