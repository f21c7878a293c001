"""Utterances put together by likeness: as a comparison of each with each would, and the same every time."""

from __future__ import annotations

import random

import pytest

from ivr.speech import likeness
from ivr.speech.features import features
from ivr.speech.likeness import JOINS, alike
from ivr.speech.topics import Weights, per_mille

WORDS = ["card", "loan", "rate", "money", "change", "foreign", "where", "how", "my", "the", "open", "hours", "today"]
WORDS += ["卡", "贷款", "利率", "换钱"]


def said(n: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return list(dict.fromkeys(" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(n)))


def one_by_one(texts: list[str]) -> list[int]:
    """The same by comparing each with every first."""
    having: dict[str, int] = {}
    for text in texts:
        for feature in features(text):
            having[feature] = having.get(feature, 0) + 1
    many = max(len(texts), likeness.FEWEST)
    weights = Weights(having, many, many)
    vectors = [weights.unit(features(text)) for text in texts]
    found: list[int] = []
    for n, vector in enumerate(vectors):
        scores = [
            (per_mille(sum(part * vectors[first].get(name, 0) for name, part in vector.items())), -first)
            for first in sorted(set(found)) if found[first] == first
        ]  # fmt: skip
        most, first = max(scores, default=(0, 0))
        found.append(-first if most >= JOINS else n)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_nothing_that_is_alike_is_missed(seed: int) -> None:
    texts = said(120, seed)

    assert alike(texts) == one_by_one(texts)


def test_what_means_the_same_comes_together_and_nothing_else() -> None:
    texts = [
        "怎么换外币",
        "我要换点外币",
        "换外币在哪里换",
        "几点关门",
        "do you change foreign money",
        "你们几点关门啊",
    ]

    assert alike(texts) == [0, 0, 0, 3, 4, 3]


def test_texts_of_no_words_stand_alone() -> None:
    assert alike(["", "…", "卡", "卡"]) == [0, 1, 2, 2]
    assert alike([]) == []


def test_beyond_the_most_kinds_the_rest_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MOST_KINDS", 2)

    assert alike(["a lost card", "the mortgage", "foreign money", "foreign money please", "my lost card"]) == [
        0, 1, 2, 3, 0,
    ]  # fmt: skip
