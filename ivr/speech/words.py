"""The words of a question's choices, looked for in one pass over what was said.

A choice is caught by a phrase, or by a net of several that are said in one clause. A phrase said only to refuse it does
not count. Of several choices that which covers most characters of the utterance is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ivr.speech.clause import Clause, clauses
from ivr.speech.net import Net, Phrase, fold_words, net
from ivr.speech.wish import refused_behind

_BANNED = -1
Where = tuple[int, int]
"""A net and which of its parts, or `_BANNED`."""
Span = tuple[bool, int, int]
"""Where in a clause a phrase stands, in characters; of its run, or of its words."""


class Word(NamedTuple):
    """What may be said for a choice. `urgent`: it is tried before the shortcuts."""

    net: Net
    name: str
    urgent: bool = False


class Caught(NamedTuple):
    """A word that an utterance holds, with the number of characters it covers."""

    word: Word
    covered: int


class Longest(NamedTuple):
    """The choices whose words cover most, and the first of these words as its author wrote it."""

    names: tuple[str, ...] = ()
    written: str = ""


class _Entry(NamedTuple):
    """A phrase behind its first word or character: what must follow, and the nets it belongs to."""

    rest: tuple[str, ...]
    prefix: bool
    where: tuple[Where, ...]


class _Index:
    """Where phrases begin: by first word, by first letters, by first character of a run. It has no slots, for it says
    nothing that the words do not."""

    def __init__(self, words: Sequence[Word]) -> None:
        found: dict[Phrase, list[Where]] = {}
        for n, word in enumerate(words):
            for part, phrases in enumerate(word.net.parts):
                for phrase in phrases:
                    found.setdefault(phrase, []).append((n, part))
            for phrase in word.net.without:
                found.setdefault(phrase, []).append((n, _BANNED))
        self.spaced: dict[str, list[_Entry]] = {}
        self.prefixes: dict[int, dict[str, list[_Entry]]] = {}
        self.joined: dict[str, list[_Entry]] = {}
        for phrase, where in found.items():
            self._add(phrase, tuple(where))

    def _add(self, phrase: Phrase, where: tuple[Where, ...]) -> None:
        if phrase.joined:
            run = phrase.folded.replace(" ", "")
            self.joined.setdefault(run[0], []).append(_Entry((run,), False, where))
            return
        first, *rest = phrase.folded.split()
        entry = _Entry(tuple(rest), phrase.prefix, where)
        if phrase.prefix and not rest:
            self.prefixes.setdefault(len(first), {}).setdefault(first, []).append(entry)
        else:
            self.spaced.setdefault(first, []).append(entry)


class Words:
    """The words of a question's choices in one language."""

    __slots__ = ("_index", "words")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self.words = tuple(word for word in words if word.net.parts)
        self._index = _Index(self.words)

    def __bool__(self) -> bool:
        return bool(self.words)

    def caught(self, text: str, *, whole: bool = False) -> Sequence[Caught]:
        """The words an utterance holds. `whole`: only where it is nothing but the word."""
        if not self.words:
            return ()
        if whole:
            said = fold_words(text)
            return [Caught(word, len(said)) for word in self.words if _is(word.net, said)]
        best: dict[int, int] = {}
        for clause in clauses(text):
            for n, covered in self._in_clause(clause):
                best[n] = max(covered, best.get(n, 0))
        return [Caught(self.words[n], best[n]) for n in sorted(best)]

    def longest(self, caught: Iterable[Caught], *, urgent: bool = False) -> Longest:
        """The choices whose words cover most; none where no word was caught. `urgent`: of urgent ones only."""
        those = [each for each in caught if each.word.urgent or not urgent]
        most = max((each.covered for each in those), default=0)
        best = [each.word for each in those if each.covered == most]
        return Longest(tuple(dict.fromkeys(word.name for word in best)), best[0].net.written if best else "")

    def meant(self, text: str) -> tuple[str, ...]:
        """The choices an utterance means by its words alone."""
        return self.longest(self.caught(text)).names

    def of(self, name: str) -> Iterator[Word]:
        """The words of one choice."""
        return (word for word in self.words if word.name == name)

    def _in_clause(self, clause: Clause) -> Iterator[tuple[int, int]]:
        """The words a clause holds, by number, with what they cover."""
        found: dict[int, dict[int, Span]] = {}
        for where, span in _Found(self._index, clause).all():
            for n, part in where:
                spans = found.setdefault(n, {})
                known = spans.get(part)
                if known is None or span[2] - span[1] > known[2] - known[1]:
                    spans[part] = span
        for n, spans in found.items():
            if len(spans) == len(self.words[n].net.parts) and _BANNED not in spans:
                yield n, _covered(spans.values())


NO_WORDS = Words()


def words_of(said: Mapping[str, Sequence[str]] | Iterable[tuple[str, str]], urgent: Iterable[str] = ()) -> Words:
    """Words from pairs (choice, as written) or lists by choice."""
    pairs = said.items() if isinstance(said, Mapping) else ((name, (word,)) for name, word in said)
    hurried = frozenset(urgent)
    return Words(Word(net(word), name, name in hurried) for name, each in pairs for word in each)


def _is(one: Net, said: str) -> bool:
    return len(one.parts) == 1 and any(phrase.folded == said for phrase in one.parts[0])


def _covered(spans: Iterable[Span]) -> int:
    """The characters that spans cover together; what two of them share counts once."""
    total, last, end = 0, False, 0
    for in_run, start, stop in sorted(spans):
        if in_run != last:
            last, end = in_run, 0
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


class _Found:
    """The phrases of an index that a clause holds, those that are refused left out unless they ban."""

    def __init__(self, index: _Index, clause: Clause) -> None:
        self.index, self.clause = index, clause

    def all(self) -> Iterator[tuple[Sequence[Where], Span]]:
        """Each with the nets it belongs to and where it stands."""
        if self.index.spaced or self.index.prefixes:
            yield from self._spaced()
        if self.index.joined and self.clause.run:
            yield from self._joined()

    def _spaced(self) -> Iterator[tuple[Sequence[Where], Span]]:
        words, at = self.clause.words, 0
        for i, word in enumerate(words):
            entries = self.index.spaced.get(word, ())
            for length, table in self.index.prefixes.items():
                entries = [*entries, *table.get(word[:length], ())]
            refused = None
            for entry in entries:
                end = i + 1 + len(entry.rest)
                if entry.rest and not _follows(entry, words[i + 1 : end]):
                    continue
                if refused is None:
                    refused = bool(i) and refused_behind(" ".join(words[max(0, i - 12) : i]), blanks=True)
                where = [each for each in entry.where if each[1] == _BANNED] if refused else entry.where
                yield where, (False, at, at + len(" ".join(words[i:end])))
            at += len(word) + 1

    def _joined(self) -> Iterator[tuple[Sequence[Where], Span]]:
        run = self.clause.run
        for i, character in enumerate(run):
            refused = None
            for entry in self.index.joined.get(character, ()):
                phrase = entry.rest[0]
                if not run.startswith(phrase, i):
                    continue
                if refused is None:
                    refused = bool(i) and refused_behind(run[:i], blanks=False)
                where = [each for each in entry.where if each[1] == _BANNED] if refused else entry.where
                yield where, (True, i, i + len(phrase))


def _follows(entry: _Entry, words: Sequence[str]) -> bool:
    if len(words) != len(entry.rest):
        return False
    if not entry.prefix:
        return tuple(words) == entry.rest
    return tuple(words[:-1]) == entry.rest[:-1] and words[-1].startswith(entry.rest[-1])
