"""What an utterance is compared by with the examples of a topic: words, their pairs and pieces, or characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ivr.speech.pack import plain

LONGEST_COMPARED = 640
"""Characters of an utterance, as it is folded, that are compared."""
LONGEST_TOLD, FEW_WORDS, FEW_CHARACTERS = 100, 3, 6
"""What is short enough to tell a recogniser: the provider takes no hint of more characters."""
WHOLE, HALF = 1024, 512
"""What a word or character weighs in an utterance, and what a pair of words or a piece of a word does."""
_JOINED = "\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af"
"""Scripts read by characters: without blanks, or with words of many forms as in Korean."""
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(f"[{_JOINED}]+|[^{_JOINED}]+")
_PIECES = (3, 4)
_PIECE = "\0"
"""Before a piece of a word, so that it is none."""


def features(text: str) -> Mapping[str, int]:
    """The features of an utterance with their weights, each once however often it is said."""
    words, run = _units(text)
    found = dict.fromkeys(words, WHOLE)
    for first, second in zip(words, words[1:], strict=False):
        found[f"{first} {second}"] = HALF
    for word in words:
        padded = f" {word} "
        for length in _PIECES:
            for at in range(len(padded) - length + 1):
                found[_PIECE + padded[at : at + length]] = HALF
    for at, character in enumerate(run):
        found[character] = WHOLE
        found[run[at : at + 2]] = WHOLE
    return found


def folded(text: str) -> str:
    """What two spellings of an example have in common: width, case, apostrophes, punctuation and blanks set aside."""
    words, run = _units(text)
    return " ".join([*words, run]).strip()


def is_short(text: str) -> bool:
    """Whether a text is of so few words, or characters of scripts read by them, that a recogniser may be told of it."""
    words, run = _units(text)
    return len(text) <= LONGEST_TOLD and (len(words) + len(run) <= FEW_CHARACTERS if run else len(words) <= FEW_WORDS)


def is_joined(text: str) -> bool:
    """Whether most of a text is of a script read by characters."""
    words, run = _units(text)
    return len(run) > len("".join(words))


def _units(text: str) -> tuple[list[str], str]:
    """The words of scripts with blanks, and the characters of the others in one run."""
    words, run = list[str](), list[str]()
    for piece in _pieces(plain(text[:LONGEST_COMPARED])[:LONGEST_COMPARED]):
        (run if _is_joined(piece[0]) else words).append(piece)
    return words, "".join(run)


def _pieces(plain_text: str) -> Iterator[str]:
    for word in _WORD.findall(plain_text):
        yield from _RUN.findall(word)


def _is_joined(character: str) -> bool:
    return re.match(f"[{_JOINED}]", character) is not None
