"""What a hotline's own examples would be heard as if nobody had written them down: each left out of its topic in turn.

Exact where the sum of a topic is concerned; what each feature weighs is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt
from typing import NamedTuple

from ivr.speech.features import features
from ivr.speech.topics import LENGTH, Example, Topics, Vector, add, per_mille


class LeftOut(NamedTuple):
    """An example and its scores, in the order of the topics, with itself out of its own."""

    example: Example
    scores: Sequence[int]


def left_out(topics: Topics) -> Iterator[LeftOut]:
    """Each example of a language as an utterance nobody has heard."""
    place = {name: n for n, name in enumerate(topics.names)}
    vectors = [topics.weights.unit(features(example.text)) for example in topics.examples]
    sums: list[dict[str, int]] = [{} for _ in topics.names]
    for example, vector in zip(topics.examples, vectors, strict=True):
        add(sums[place[example.topic]], vector)
    squares = [sum(part * part for part in total.values()) for total in sums]
    for example, vector in zip(topics.examples, vectors, strict=True):
        own = place[example.topic]
        scores = list(topics.scores(example.text))
        scores[own] = _without(vector, sums[own], squares[own])
        yield LeftOut(example, scores)


def _without(vector: Vector, total: dict[str, int], square: int) -> int:
    """The score of an example at its own topic, made of the others alone."""
    shared = sum(part * total[feature] for feature, part in vector.items())
    itself = sum(part * part for part in vector.values())
    length = isqrt(square - 2 * shared + itself) or 1
    return per_mille(sum(part * ((total[feature] - part) * LENGTH // length) for feature, part in vector.items()))
