"""Where the phrases of nets stand in a clause: one pass over its words, whatever the number of nets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivr.speech.clause import Clause
from ivr.speech.net import Net, Phrase
from ivr.speech.wish import refused_behind, refused_from, starts_anew

BANNED = -1
Where = tuple[int, int]
"""A net and which of its parts, or `BANNED`."""


class Span(NamedTuple):
    """Where in a clause a phrase stands, in characters of its run or of its words; and from where it is refused, -1 if
    it is not."""

    in_run: bool
    start: int
    stop: int
    refused: int = -1

    def refused_by(self, other: Span) -> bool:
        """Whether the refusal of this one begins in another."""
        return self.in_run == other.in_run and other.start <= self.refused < other.stop

    def moved(self, text: int, run: int) -> Span:
        """The same span behind a clause with so many characters of text, or of its run."""
        by = run if self.in_run else text
        return self._replace(
            start=self.start + by, stop=self.stop + by, refused=self.refused + by if self.refused >= 0 else -1
        )


class Entry(NamedTuple):
    """A phrase behind its first word or character: what must follow, and the nets it belongs to."""

    rest: tuple[str, ...]
    prefix: bool
    where: tuple[Where, ...]


class Index:
    """Where phrases begin: by first word, by first letters, by first character of a run. It has no slots, for it says
    nothing that the words do not."""

    def __init__(self, nets: Sequence[Net]) -> None:
        found: dict[Phrase, list[Where]] = {}
        for n, net in enumerate(nets):
            for part, phrases in enumerate(net.parts):
                for phrase in phrases:
                    found.setdefault(phrase, []).append((n, part))
            for phrase in net.without:
                found.setdefault(phrase, []).append((n, BANNED))
        self.spaced: dict[str, list[Entry]] = {}
        self.prefixes: dict[int, dict[str, list[Entry]]] = {}
        self.joined: dict[str, list[Entry]] = {}
        for phrase, where in found.items():
            self._add(phrase, tuple(where))

    def _add(self, phrase: Phrase, where: tuple[Where, ...]) -> None:
        if phrase.joined:
            run = phrase.folded.replace(" ", "")
            self.joined.setdefault(run[0], []).append(Entry((run,), False, where))
            return
        first, *rest = phrase.folded.split()
        entry = Entry(tuple(rest), phrase.prefix, where)
        if phrase.prefix and not rest:
            self.prefixes.setdefault(len(first), {}).setdefault(first, []).append(entry)
        else:
            self.spaced.setdefault(first, []).append(entry)


def found_in(index: Index, clause: Clause) -> Iterator[tuple[Sequence[Where], Span]]:
    """The phrases of an index that a clause holds: the nets each belongs to, and where it stands."""
    if index.spaced or index.prefixes:
        yield from _spaced(index, clause)
    if index.joined and clause.run:
        yield from _joined(index, clause.run)


def _spaced(index: Index, clause: Clause) -> Iterator[tuple[Sequence[Where], Span]]:
    words, at = clause.words, 0
    for i, word in enumerate(words):
        entries: Sequence[Entry] = index.spaced.get(word, ())
        for length, table in index.prefixes.items():
            entries = [*entries, *table.get(word[:length], ())]
        refused = None
        for entry in entries:
            end = i + 1 + len(entry.rest)
            if entry.rest and not _follows(entry, words[i + 1 : end]):
                continue
            if refused is None:
                anew = word in starts_anew()
                refused = -1 if anew else refused_from(clause.text[: max(0, at - 1)], blanks=True)
            yield entry.where, Span(False, at, at + len(" ".join(words[i:end])), refused)
        at += len(word) + 1


def _joined(index: Index, run: str) -> Iterator[tuple[Sequence[Where], Span]]:
    for i, character in enumerate(run):
        refused = None
        for entry in index.joined.get(character, ()):
            if not run.startswith(entry.rest[0], i):
                continue
            where = entry.where if not _asks(run, i) else [each for each in entry.where if each[1] == BANNED]
            if refused is None:
                refused = refused_from(run[:i], blanks=False)
            end = i + len(entry.rest[0])
            yield where, Span(True, i, end, i if refused_behind(run, end) else refused)


def _asks(run: str, at: int) -> bool:
    """Whether what looks like a denial here is the middle of a question: 是不是, 有没有."""
    return run[at] in "不没" and 0 < at < len(run) - 1 and run[at - 1] == run[at + 1]


def _follows(entry: Entry, words: Sequence[str]) -> bool:
    if len(words) != len(entry.rest):
        return False
    if not entry.prefix:
        return tuple(words) == entry.rest
    return tuple(words[:-1]) == entry.rest[:-1] and words[-1].startswith(entry.rest[-1])
