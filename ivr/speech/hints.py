"""What a recogniser is told to expect: the phrases of nets; of too many, not those that others hold already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence


def to_expect(phrases: Iterable[str], most: int) -> Sequence[str]:
    """The phrases in order, each once. Of more than `most` those are left out that another holds ("card": "lost card"),
    then the last ones whose words are all told in others."""
    said = list(dict.fromkeys(phrases))
    return said if len(said) <= most else _of_words_not_told(_not_held(said), most)


def _not_held(said: Sequence[str]) -> Sequence[str]:
    marks = {phrase: _marked(phrase) for phrase in said}
    once = {mark: phrase for phrase, mark in reversed(marks.items())}
    everything = "|".join(once)
    return [phrase for phrase, mark in marks.items() if once[mark] == phrase and everything.count(mark) == 1]


def _of_words_not_told(said: Sequence[str], most: int) -> Sequence[str]:
    told = Counter(word for phrase in said for word in phrase.casefold().split())
    kept, too_many = list[str](), len(said) - most
    for phrase in reversed(said):
        words = phrase.casefold().split()
        if too_many > 0 and all(told[word] > 1 for word in words):
            told.subtract(words)
            too_many -= 1
        else:
            kept.append(phrase)
    return kept[::-1]


def _marked(phrase: str) -> str:
    """So that it is found in others by whole words; in a script without blanks, anywhere."""
    return f" {phrase.casefold()} " if phrase.isascii() else phrase.casefold()
