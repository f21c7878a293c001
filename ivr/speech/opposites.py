"""Opposite wishes: whoever wants to close an account is not about opening one, however alike the two sound.

A topic is left out where an utterance says one side of a pair and no example of the topic does, but the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from ivr.speech.clause import clauses
from ivr.speech.pack import listed
from ivr.speech.packs import TABLES


class Side(NamedTuple):
    """One side of a pair of opposites."""

    pair: int
    second: bool


def sides(text: str) -> frozenset[Side]:
    """The sides that a text says."""
    found = set[Side]()
    for joined, (pattern, by_phrase) in _phrases().items():
        for clause in clauses(text):
            for phrase in pattern.findall(clause.run if joined else clause.text):
                found |= by_phrase[phrase]
    return frozenset(found)


def opposed(said: frozenset[Side], topic: frozenset[Side]) -> bool:
    """Whether a text with these sides wants the opposite of a topic whose examples say those."""
    return bool(_contrary(said, topic) - said)


def contrary(said: frozenset[Side], topic: frozenset[Side]) -> bool:
    """Whether it may want it: both sides are said, as in "cancel my application"."""
    return bool(_contrary(said, topic))


def _contrary(said: frozenset[Side], topic: frozenset[Side]) -> frozenset[Side]:
    """The sides of the topic whose opposites are said, and by no example of it."""
    return frozenset(
        side for side in topic if (other := Side(side.pair, not side.second)) in said and other not in topic
    )


@cache
def _phrases() -> Mapping[bool, tuple[re.Pattern[str], Mapping[str, set[Side]]]]:
    """By script, joined or not: what finds the longest phrases, and of which sides each is."""
    found: dict[bool, dict[str, set[Side]]] = {False: {}, True: {}}
    pairs = [(table.joined, pair) for table in TABLES.values() for pair in listed(table.opposites)]
    for n, (joined, pair) in enumerate(pairs):
        for second, side in enumerate(pair.split(" : ")):
            for phrase in side.split("/"):
                found[joined].setdefault(phrase.strip(), set()).add(Side(n, bool(second)))
    return {joined: (_pattern(by_phrase, joined=joined), by_phrase) for joined, by_phrase in found.items()}


def _pattern(phrases: Iterable[str], *, joined: bool) -> re.Pattern[str]:
    either = "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))
    return re.compile(either if joined else rf"(?<![^\W_])(?:{either})(?![^\W_])")
