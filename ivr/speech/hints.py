"""What a recogniser is told to expect: the phrases of nets; of too many, not those that others hold already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST_EXPECTED = 500
"""As many a recogniser takes."""


def to_expect(phrases: Iterable[str]) -> Sequence[str]:
    """The phrases in order, each once. Whoever expects "lost card" expects "card": of too many it is left out."""
    folded = {phrase: _marked(phrase) for phrase in phrases}
    if len(folded) <= MOST_EXPECTED:
        return list(folded)
    once = {mark: phrase for phrase, mark in reversed(folded.items())}
    everything = "|".join(once)
    return [phrase for phrase, mark in folded.items() if once[mark] == phrase and everything.count(mark) == 1]


def _marked(phrase: str) -> str:
    """So that it is found in others by whole words; in a script without blanks, anywhere."""
    return f" {phrase.casefold()} " if phrase.isascii() else phrase.casefold()
