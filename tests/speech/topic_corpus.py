"""Utterances about topics, written down before the shipped examples were: nobody's hotline knows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

SPEAKS = {"en": "en-US", "zh": "zh-CN"}
"""The languages of the shipped hotline, by those of the corpus."""


class About(NamedTuple):
    """An utterance, its topic and where at the front door it should lead ("none": to nothing)."""

    topic: str
    destination: str
    text: str


def unseen(language: str) -> Sequence[About]:
    """The utterances of a language."""
    file = Path(__file__).parent / "topics" / f"{language}.tsv"
    return [About(*line.split("\t")) for line in file.read_text(encoding="utf-8").splitlines()[1:]]
