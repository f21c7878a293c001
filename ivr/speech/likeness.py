"""Utterances put together by likeness: each joins the first of its kind, or is the first of another.

By the vectors of topics (ivr/speech/topics.py), so in integers alone. Nothing but firsts are kept as vectors, and what
an utterance is compared with is found by the few features that tell most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ivr.speech.features import features
from ivr.speech.topics import LENGTH, Vector, Weights, per_mille

JOINS = 250
"""From which likeness, per mille, two utterances are of one kind."""
MOST_KINDS = 5_000
"""So many kinds are looked for; what is unlike all of them stands alone."""
FEWEST = 200
"""Fewer texts are weighed as if so many were known: what a handful share is what they are about, not idle talk."""
_LIGHT = (LENGTH * JOINS // 1000) ** 2
"""Features that together are shorter than this, squared, make no two vectors alike by themselves."""


def alike(texts: Sequence[str], known: Sequence[str] = ()) -> list[int]:
    """For each text the place of the first one of its kind; of several that it is like, the one it is most like, and
    of equals the earlier one. The order of the texts decides: the commonest first. `known`: other texts, which tell
    what everybody says."""
    kinds = _Kinds(_weights([*texts, *known]))
    return [kinds.place(n, text) for n, text in enumerate(texts)]


def _weights(texts: Sequence[str]) -> Weights:
    having = Counter[str]()
    for text in texts:
        having.update(features(text).keys())
    many = max(len(texts), FEWEST)
    return Weights(having, many, many)


class _Kinds:
    """The first utterances of each kind, by their features."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.firsts: dict[int, Vector] = {}
        self.by_feature: dict[str, list[int]] = {}

    def place(self, n: int, text: str) -> int:
        """The first utterance that this one, the n-th, is most like; itself where it is like none."""
        vector = self.weights.unit(features(text))
        best, most = n, JOINS - 1
        near = {first for feature in vector for first in self.by_feature.get(feature, ())}
        for first in sorted(near):
            likeness = per_mille(_product(vector, self.firsts[first]))
            if likeness > most:
                best, most = first, likeness
        if best == n and len(self.firsts) < MOST_KINDS:
            self._first(n, vector)
        return best

    def _first(self, n: int, vector: Vector) -> None:
        """Find this one by its heaviest features: what is like it by the lightest alone is not like enough."""
        self.firsts[n] = vector
        light = 0
        for feature, part in sorted(vector.items(), key=lambda item: (item[1], item[0])):
            light += part * part
            if light >= _LIGHT:
                self.by_feature.setdefault(feature, []).append(n)


def _product(one: Vector, other: Vector) -> int:
    small, large = (one, other) if len(one) < len(other) else (other, one)
    return sum(part * large[feature] for feature, part in small.items() if feature in large)
