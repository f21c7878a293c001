"""The words of a question's choices, looked for in one pass over what was said.

A choice is caught by a phrase, or by a net of several that are said in one clause. A phrase said only to refuse it does
not count. Of several choices that which covers most characters of the utterance is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ivr.speech.clause import Clause, clauses
from ivr.speech.net import Net, fold_words, net
from ivr.speech.phrase_index import BANNED, Index, Span, found_in

_Spans = dict[int, list[Span]]
"""Where the phrases of a net stand, by part."""
MOST_SPANS = 16
"""As often a part is looked at in one clause."""
LONGEST_MENTION = {True: 4, False: 7}
"""Words, or characters of a script without blanks, of a clause that only names what another is about."""
REACH = 2
"""As many clauses further a mention is looked for."""


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


class Words:
    """The words of a question's choices in one language."""

    __slots__ = ("_index", "words")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self.words = tuple(word for word in words if word.net.parts)
        self._index = Index([word.net for word in self.words])

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
        for n, covered in self._in_clauses(clauses(text)):
            if covered:
                best[n] = max(covered, best.get(n, 0))
        return [Caught(self.words[n], best[n]) for n in sorted(best)]

    def longest(self, caught: Iterable[Caught], *, urgent: bool = False) -> Longest:
        """The choices whose words cover most; none where no word was caught. `urgent`: of urgent ones only."""
        those = [each for each in caught if each.word.urgent or not urgent]
        most = max((each.covered for each in those), default=0)
        best = [each.word for each in those if each.covered == most]
        return Longest(tuple(dict.fromkeys(word.name for word in best)), best[0].net.written if best else "")

    def refused(self, text: str) -> frozenset[str]:
        """The choices whose words an utterance says only to refuse them."""
        said = [(self.words[n].name, covered) for n, covered in self._in_clauses(clauses(text))]
        return frozenset(name for name, _ in said) - frozenset(name for name, covered in said if covered)

    def meant(self, text: str) -> tuple[str, ...]:
        """The choices an utterance means by its words alone."""
        return self.longest(self.caught(text)).names

    def of(self, name: str) -> Iterator[Word]:
        """The words of one choice."""
        return (word for word in self.words if word.name == name)

    def _in_clauses(self, said: Sequence[Clause]) -> Iterator[tuple[int, int]]:
        """The words that clauses hold, by number, with what they cover, nothing where they are only refused: each
        clause alone, and what a mere mention belongs to, with it: "my card, I lost it", 丢了，我的卡."""
        found = [self._spans(clause) for clause in said]
        for spans in found:
            yield from self._held(spans)
        for n, clause in enumerate(said):
            for other in range(n + 1, min(n + 1 + REACH, len(said))):
                if found[n] and found[other] and (is_mention(clause) or is_mention(said[other])):
                    yield from self._held(_both(found[n], found[other], said[n]))
                if not is_mention(said[other]):
                    break

    def _spans(self, clause: Clause) -> Mapping[int, _Spans]:
        """Where the phrases of each net stand in a clause."""
        found: dict[int, _Spans] = {}
        for where, span in found_in(self._index, clause):
            for n, part in where:
                spans = found.setdefault(n, {}).setdefault(part, [])
                if len(spans) < MOST_SPANS:
                    spans.append(span)
        return found

    def _held(self, found: Mapping[int, _Spans]) -> Iterator[tuple[int, int]]:
        for n, by_part in found.items():
            if len(by_part) == len(self.words[n].net.parts) and BANNED not in by_part:
                yield n, _covered(by_part)


NO_WORDS = Words()


def is_mention(clause: Clause) -> bool:
    """Whether a clause is so short that it may only name what another is about."""
    if clause.run:
        return len(clause.run) <= LONGEST_MENTION[False]
    return len(clause.words) <= LONGEST_MENTION[True]


def _both(one: Mapping[int, _Spans], other: Mapping[int, _Spans], first: Clause) -> Mapping[int, _Spans]:
    """The spans of two clauses, for nets of which each holds a part that the other does not."""
    found = dict[int, _Spans]()
    for n in one.keys() & other.keys():
        if one[n].keys() - other[n].keys() and other[n].keys() - one[n].keys():
            found[n] = {part: list(spans) for part, spans in one[n].items()}
            for part, spans in other[n].items():
                found[n].setdefault(part, []).extend(span.moved(len(first.text), len(first.run)) for span in spans)
    return found


def words_of(said: Mapping[str, Sequence[str]] | Iterable[tuple[str, str]], urgent: Iterable[str] = ()) -> Words:
    """Words from pairs (choice, as written) or lists by choice."""
    pairs = said.items() if isinstance(said, Mapping) else ((name, (word,)) for name, word in said)
    hurried = frozenset(urgent)
    return Words(Word(net(word), name, name in hurried) for name, each in pairs for word in each)


def _is(one: Net, said: str) -> bool:
    return len(one.parts) == 1 and any(phrase.folded == said for phrase in one.parts[0])


def _covered(found: _Spans) -> int:
    """The characters that the longest phrase of each part cover together; what two of them share counts once. 0 where
    a part was only refused, unless the refusal is part of the net itself: `dont want + robot`."""
    good = {part: [span for span in spans if span.refused < 0] for part, spans in found.items()}
    held = [span for spans in good.values() for span in spans]
    best = []
    for part, spans in found.items():
        those = good[part] or [span for span in spans if any(span.refused_by(each) for each in held)]
        if not those:
            return 0
        best.append(max(those, key=lambda span: span.stop - span.start))
    total, last, end = 0, False, 0
    for span in sorted(best):
        if span.in_run != last:
            last, end = span.in_run, 0
        total += max(0, span.stop - max(span.start, end))
        end = max(end, span.stop)
    return total
