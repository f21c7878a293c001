"""Speech against words: folding an utterance and finding the one choice it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ivr.speech.named_key import named_key
from ivr.speech.wish import wanted

_DIGITS = {
    "零": "0", "〇": "0", "一": "1", "幺": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6",
    "七": "7", "八": "8", "九": "9", "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
LONGEST_SEARCHED = 2000
"""Characters of an utterance in which words are looked for."""
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
    for word in ("no", "不"):
        wanted(word, f"{word} {word}", blanks=_blanks(word))


def spoken_key(text: str) -> str:
    """The key a caller names instead of pressing it ("two", "按2", "the second one"), or an empty string."""
    return named_key(text)


@lru_cache(maxsize=4096)
def _blanks(word: str) -> bool:
    """Whether a choice's word is of a script that puts blanks between words (only authors' words come here)."""
    return all(c < "\u0590" or "\u1e00" <= c < "\u2000" for c in word)


def meant(text: str, words: Iterable[tuple[str, str]]) -> Sequence[str]:
    """The names whose words an utterance holds, only those with the longest fit, each once.

    `words` are pairs (folded word, name). Empty: nothing fits; several: they fit equally well. Whole words in Latin
    script ("no" is not in "know"); anywhere in scripts without blanks. A word said to refuse it does not count.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_SEARCHED])[:LONGEST_SEARCHED]
    utterance = fold(text)
    apart, together = f" {utterance} ", utterance.replace(" ", "")
    best = 1
    names: dict[str, None] = {}
    for word, name in words:
        if len(word) < best or word[0] not in utterance:  # most words end here
            continue
        blanks = _blanks(word)
        if (f" {word} " in apart if blanks else word.replace(" ", "") in together) and wanted(
            word, text, blanks=blanks
        ):
            if len(word) > best:
                best = len(word)
                names = {}
            names[name] = None
    return tuple(names)
