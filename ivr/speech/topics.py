"""Topics: the nearest one by its examples, in integers alone, so that every machine hears the same.

An example is a vector of its features, brought to one length; a topic is the sum of its examples, brought to that
length too; an utterance is heard as the topic whose vector points most nearly its way. A feature that few topics have
weighs more, and one that none has makes an utterance less like any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from math import isqrt
from typing import NamedTuple

from ivr.speech.features import features, folded
from ivr.speech.opposites import Side, contrary, opposed, sides
from ivr.speech.wished import Parted, parted, says_nothing

LENGTH = 4096
"""The length of a vector."""
MOST_LIKE = 80
"""Per cent of the score of the topic that what is refused is most like, from which a topic is refused too."""
_SQUARED_BITS = 24
Vector = Mapping[str, int]


class Example(NamedTuple):
    """What a caller may say, and the topic it is about."""

    text: str
    topic: str


class Meant(NamedTuple):
    """The scores of an utterance, in the order of the topics; `doubtful`: some of it was said only to refuse
    it, or it says a topic and its opposite."""

    scores: Sequence[int]
    doubtful: bool


class Weights:
    """How much each feature tells, by how few topics have it."""

    __slots__ = ("known", "strange")

    def __init__(self, having: Mapping[str, int], topics: int, examples: int) -> None:
        """`having`: by feature, how many of so many topics have it."""
        by_count = {n: _log2x16(topics + 1, n) + 8 for n in set(having.values())}
        self.known = {feature: by_count[count] for feature, count in having.items()}
        self.strange = _log2x16(examples + 1, 1) + 16

    @classmethod
    def of(cls, examples: Sequence[tuple[Vector, str]]) -> Weights:
        """The weights of examples, each with its topic."""
        topics_with: dict[str, set[str]] = {}
        for vector, topic in examples:
            for feature in vector:
                topics_with.setdefault(feature, set()).add(topic)
        having = {feature: len(topics) for feature, topics in topics_with.items()}
        return cls(having, len({topic for _, topic in examples}), len(examples))

    def unit(self, said: Vector) -> Vector:
        """The features of an utterance that are known, as parts of its vector; the others count in its length alone."""
        known, strange, found, size = self.known, self.strange, dict[str, int](), 0
        for feature, weight in said.items():
            telling = known.get(feature)
            if telling is None:
                size += (weight * strange) ** 2
            else:
                found[feature] = part = weight * telling
                size += part * part
        length = isqrt(size) or 1
        return {feature: part * LENGTH // length for feature, part in found.items()}


class _Made:
    """What is made of examples. It stands apart, for it says nothing that they do not: whoever compares topics by what
    their class holds compares their examples."""

    __slots__ = ("_folded", "_last", "_parts", "_refusing", "_sides", "names", "weights")

    names: Sequence[str]
    weights: Weights
    _last: tuple[str, Sequence[int]]
    _parts: dict[str, list[tuple[int, int]]]
    _folded: frozenset[str]
    _refusing: frozenset[int]
    _sides: Sequence[frozenset[Side]]


class Topics(_Made):
    """The topics of a language by their examples. `names` are in order; scores are per mille, by that order."""

    __slots__ = ("examples", "language")

    def __init__(self, examples: Iterable[Example], language: str = "") -> None:
        self.language = language
        self.examples = sorted(set(examples))
        self.names = sorted({example.topic for example in self.examples})
        said = [(features(example.text), example.topic) for example in self.examples]
        self.weights = Weights.of(said)
        place = {name: n for n, name in enumerate(self.names)}
        sums: list[dict[str, int]] = [{} for _ in self.names]
        for vector, topic in said:
            add(sums[place[topic]], self.weights.unit(vector))
        self._last = ("", [0] * len(self.names))
        self._parts = {}
        self._read_wishes(place)
        for n, total in enumerate(sums):
            length = isqrt(sum(part * part for part in total.values())) or 1
            for feature, part in total.items():
                if brought := part * LENGTH // length:
                    self._parts.setdefault(feature, []).append((n, brought))

    def unheard(self) -> Topics:
        """The same topics, of which nobody has spoken yet."""
        made = copy(self)
        made._last = ("", [0] * len(self.names))
        return made

    def scores(self, text: str) -> Sequence[int]:
        """How like each topic an utterance is, per mille.

        A turn asks for its utterance's twice; no more is kept of what callers say.
        """
        last = self._last
        if last[0] != text:
            self._last = last = (text, self._scored(text))
        return last[1]

    def _read_wishes(self, place: Mapping[str, int]) -> None:
        """Which topics speak of a wish that is refused, and what they say that has an opposite."""
        refusing, said = set[int](), [set[Side]() for _ in self.names]
        for text, topic in self.examples:
            said[place[topic]].update(sides(text))
            if self._parted(text).refused:
                refusing.add(place[topic])
        self._refusing, self._sides = frozenset(refusing), [frozenset(each) for each in said]
        self._folded = frozenset(folded(example.text) for example in self.examples)

    def _parted(self, text: str) -> Parted:
        return parted(text, self.language, self.weights.known)

    def meant(self, text: str) -> Meant:
        """How like each topic an utterance is, as far as it is a wish. What is refused in it is like no topic, unless
        one has examples that refuse; nor is a topic meant by its opposite, or anything by what says nothing."""
        if says_nothing(text, self.language) and folded(text) not in self._folded:
            return Meant([0] * len(self.names), False)
        scores, (wanted, refused) = self.scores(text), self._parted(text)
        if refused:
            rest = self._wanted(wanted, refused)
            scores = [score if n in self._refusing else rest[n] for n, score in enumerate(scores)]
        doubtful = bool(refused)
        if said := sides(text):
            scores = [0 if opposed(said, own) else score for score, own in zip(scores, self._sides, strict=True)]
            doubtful |= any(score and contrary(said, own) for score, own in zip(scores, self._sides, strict=True))
        return Meant(scores, doubtful)

    def _wanted(self, wanted: str, refused: str) -> Sequence[int]:
        """How like each topic what is wanted is, but for those that what is refused is most like, and more like."""
        if says_nothing(wanted, self.language):
            return [0] * len(self.names)
        against = self._scored(refused)
        least = max(1, max(against, default=0) * MOST_LIKE // 100)
        return [
            0 if shut >= max(least, score) else score for score, shut in zip(self._scored(wanted), against, strict=True)
        ]

    def _scored(self, text: str) -> Sequence[int]:
        found = [0] * len(self.names)
        parts = self._parts
        for feature, weight in self.weights.unit(features(text)).items():
            for n, part in parts.get(feature, ()):
                found[n] += weight * part
        return [per_mille(score) for score in found]

    def best(self, scores: Sequence[int], most: int = 3) -> Sequence[tuple[str, int]]:
        """The topics that score most, best first, those of equal scores by name; none that scores nothing."""
        order = sorted(range(len(scores)), key=lambda n: (-scores[n], n))[:most]
        return [(self.names[n], scores[n]) for n in order if scores[n]]


def add(total: dict[str, int], vector: Vector) -> None:
    """Add a vector to a sum."""
    for feature, part in vector.items():
        total[feature] = total.get(feature, 0) + part


def per_mille(product: int) -> int:
    """The product of two vectors as a score."""
    return product * 1000 >> _SQUARED_BITS


def _log2x16(whole: int, part: int) -> int:
    """Sixteen times the logarithm of whole / part to the base 2, the same integer on every machine."""
    return int(whole**16 // part**16).bit_length() - 1
