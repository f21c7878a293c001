"""A table made ready for reading: from the units of a phrase to what it does to an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ivr.speech.table import SORTS, Sort, Table

Units = tuple[str, ...]
"""Words in a script with blanks; else characters, with words of Latin letters and figures whole."""
CONTENT = "content"
"""A unit that no phrase of the table holds."""
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´＇")
_SPLIT_NOT = re.compile(r"(?<=[a-z]n) t(?![^\W_])")
"""Some recognisers write "isn t"."""
CLAUSE_END = re.compile(r"[.,;:!?¿¡。，；：！？、…\n]+")
"""What parts the clauses of an utterance."""
_WORD = re.compile(r"[^\W_]+")
_MIXED = re.compile(r"[a-z0-9]+|[^\W_]")
_AGREES: Mapping[str, frozenset[Sort]] = {
    "agrees": frozenset({"yes", "agrees", "lightly", "ends", "sure"}),
    "stops": frozenset({"no", "stops", "wrong", "negates"}),
}


class Piece(NamedTuple):
    """A phrase of the table, or one unit of none."""

    sort: str
    said: str
    units: int


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A language's phrases. `whole`: there is no table, so that a word of none may be a negation."""

    joined: bool
    whole: bool
    same: Mapping[int, str]
    phrases: Mapping[Units, Sort]
    lengths: Mapping[str, Sequence[int]]
    leads: frozenset[str]
    softens: frozenset[str]
    stresses: frozenset[str]
    so: frozenset[str]
    urges: tuple[Units, ...]

    def units(self, text: str) -> Units:
        """The units of a piece of text without punctuation that parts clauses."""
        found = _MIXED.findall(text.translate(self.same)) if self.joined else _WORD.findall(text)
        return tuple(found)

    def with_words(self, yes: Iterable[str], no: Iterable[str]) -> Pack:
        """The same with an author's words. A phrase that the table reads the same way stays as it stands there; one
        for both answers is neither."""
        phrases = dict(self.phrases)
        given: Mapping[Sort, list[Units]] = {
            "agrees": [self.units(plain(word)) for word in yes],
            "stops": [self.units(plain(word)) for word in no],
        }
        for sort, words in given.items():
            for units in filter(None, words):
                if phrases.get(units) not in _AGREES[sort]:
                    phrases[units] = sort
        phrases.update((units, "unclear") for units in given["agrees"] if units and units in given["stops"])
        return replace(self, phrases=phrases, lengths=_lengths(phrases))

    def clauses(self, folded: str) -> Iterator[list[Piece]]:
        """The clauses of a folded utterance in pieces, the longest phrase first from left to right."""
        for part in CLAUSE_END.split(folded):
            units, clause, at = self.units(part), list[Piece](), 0
            while at < len(units):
                piece = self._piece(units, at)
                at += piece.units
                if piece.sort in ("apart", "but") and clause:
                    yield clause
                    clause = []
                if piece.sort != "apart":
                    clause.append(piece)
            if clause:
                yield clause

    def _piece(self, units: Units, at: int) -> Piece:
        for length in self.lengths.get(units[at], ()):
            said = units[at : at + length]
            if (sort := self.phrases.get(said)) is not None:
                return Piece(sort, self.written(said), len(said))
        return Piece(CONTENT, units[at], 1)

    def without_urging(self, text: str) -> str:
        """An utterance without what is said at its end to hear more; whole where it says nothing else."""
        units = self.units(plain(text))
        for said in self.urges:
            if len(units) > len(said) and units[-len(said) :] == said:
                return self.written(units[: -len(said)])
        return text

    def doubts(self) -> Iterator[str]:
        """Phrases of doubt, to try a question with."""
        return (self.written(units) for units, sort in self.phrases.items() if sort == "unclear")

    def written(self, units: Units) -> str:
        """Units as one string."""
        return ("" if self.joined else " ").join(units)


def plain(text: str) -> str:
    """Width and case folded, apostrophes left out: "Isn’t" is "isnt"."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return _SPLIT_NOT.sub("t", folded)


def pack_of(table: Table) -> Pack:
    """A table made ready."""
    pairs = table.same.split()
    same = {ord(pair[0]): pair[1] for pair in pairs}
    empty = Pack(table.joined, False, same, {}, {}, frozenset(), frozenset(), frozenset(), frozenset(), ())
    phrases: dict[Units, Sort] = {}
    for sort in SORTS:
        phrases.update((empty.units(phrase), sort) for phrase in listed(getattr(table, sort)))
    return replace(
        empty, phrases=phrases, lengths=_lengths(phrases),
        leads=frozenset(listed(table.leads)), softens=frozenset(listed(table.softens)),
        stresses=frozenset(listed(table.stresses)), so=frozenset(listed(table.so)),
        urges=tuple(sorted(map(empty.units, listed(table.urges)), key=len, reverse=True)),
    )  # fmt: skip


def bare_pack(*, joined: bool) -> Pack:
    """A language without a table: nothing is known but the author's words."""
    return Pack(joined, True, {}, {}, {}, frozenset(), frozenset(), frozenset(), frozenset(), ())


def listed(phrases: str) -> list[str]:
    """The phrases of a field of a table."""
    return [" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip()]


def _lengths(phrases: Iterable[Units]) -> Mapping[str, Sequence[int]]:
    """By first unit the lengths of the phrases that begin so, longest first."""
    found: dict[str, set[int]] = {}
    for units in phrases:
        found.setdefault(units[0], set()).add(len(units))
    return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}
