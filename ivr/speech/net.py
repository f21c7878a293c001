"""A word of a choice as it is written, and what it means: a phrase, or a net that catches more.

`/` any of, `+` and in any order in the same clause, ` - ` and none of, `*` at the end of a word: however it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from ivr.speech.pack import plain

_WORD = re.compile(r"[^\W_]+")
MOST_TRIED = 200
"""Utterances that a net is tried with."""


class Phrase(NamedTuple):
    """One of the phrases a net looks for: folded words, parted by blanks. `prefix`: the last may go on."""

    folded: str
    prefix: bool = False

    @property
    def joined(self) -> bool:
        """Whether it is of a script without blanks, and so looked for anywhere."""
        return not all(c < "\u0590" or "\u1e00" <= c < "\u2000" for c in self.folded)


class Net(NamedTuple):
    """What catches an utterance: a phrase of each part, and none of `without`, in one clause."""

    written: str
    parts: tuple[tuple[Phrase, ...], ...]
    without: tuple[Phrase, ...] = ()

    def phrases(self) -> Iterator[str]:
        """Every phrase that it looks for, as written, for a recogniser to expect."""
        for sign, text in signed_parts(self.written):
            yield from (said for said in map(_said, alternatives(text)) if sign == "+" and said)

    def means(self) -> Iterator[str]:
        """What it is made of, to compare with others: each phrase where one is enough, else the net as a whole."""
        if len(self.parts) == 1 and not self.without:
            yield from (phrase.folded for phrase in self.parts[0])
        else:
            parts = sorted("/".join(sorted(phrase.folded for phrase in part)) for part in self.parts)
            yield " + ".join(parts) + "".join(sorted(f" - {phrase.folded}" for phrase in self.without))

    def utterances(self) -> Iterator[str]:
        """Utterances it is made to catch, one phrase of each part, shortest choices first."""
        for phrases in islice(product(*self.parts), MOST_TRIED):
            said = [phrase.folded for phrase in phrases]
            yield ("" if all(phrase.joined for phrase in phrases) else " ").join(said)


@lru_cache(maxsize=8192)
def net(written: str) -> Net:
    """A word as it is written, made ready. Of one that is malformed, what can be made of it."""
    parts: list[tuple[Phrase, ...]] = []
    without: list[Phrase] = []
    for sign, text in signed_parts(written):
        phrases = tuple(filter(None, map(phrase, alternatives(text))))
        if sign == "-":
            without += phrases
        elif phrases:
            parts.append(phrases)
    return Net(written, tuple(parts), tuple(without))


def signed_parts(written: str) -> list[tuple[str, str]]:
    """The parts of a net as written, each with its sign."""
    found, sign, at = list[tuple[str, str]](), "+", 0
    for cut in SIGN.finditer(written):
        found.append((sign, written[at : cut.start()].strip()))
        sign, at = "+" if cut[0].strip() in "+＋" else "-", cut.end()
    return [*found, (sign, written[at:].strip())]


SIGN = re.compile(
    r"(?:^|(?<=\s))[+＋\-－](?=\s|$)"  # with blanks around it
    r"|(?<=[^\s\x00-\u058f])\s*[+＋]\s*(?=[^\s\x00-\u058f])"  # between characters of a script without them
)
"""What parts the parts of a net. A sign inside a word ("T+0", "e-mail") belongs to the word."""
_OR = re.compile(r"\s*[/／]\s*")


def alternatives(part: str) -> list[str]:
    """The phrases of a part as written. A stroke between figures or behind a single letter belongs to the word: "24/7",
    "A/C"."""
    found, at = list[str](), 0
    for cut in _OR.finditer(part):
        before, after = part[at : cut.start()], part[cut.end() :]
        if _one_word(before, after):
            continue
        found.append(before.strip())
        at = cut.end()
    return [*found, part[at:].strip()]


def _one_word(before: str, after: str) -> bool:
    figures = before[-1:].isdigit() and after[:1].isdigit()
    letters = re.search(r"(?<![^\W_])[A-Za-z]$", before) is not None and re.match(r"[A-Za-z](?![^\W_])", after)
    return figures or bool(letters)


def phrase(written: str) -> Phrase | None:
    """One phrase as written; None where nothing of it can be said."""
    folded = fold_words(written)
    if not folded:
        return None
    return Phrase(folded, written.rstrip().endswith(("*", "＊")) and not Phrase(folded).joined)


def _said(written: str) -> str:
    return written.strip(" *＊")


def fold_words(text: str) -> str:
    """Width, case and punctuation folded, apostrophes left out."""
    return " ".join(_WORD.findall(plain(text)))
