"""The picture as what text forms of it are made of: its cards by plain names, and a link for each row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivr.drawing.graph import Card, End, Graph, Row, Tone
from ivr.drawing.marks import Look, Marks, ghosts
from ivr.messages.catalogue import ENGLISH, language_like
from ivr.messages.message import Message

LONGEST = 80
"""Characters of a text that are written."""
JOINERS = "\u200c\u200d"
"""Signs of no width that emoji and some scripts are joined by."""
PASSED = {"goodbye": "overlay.end.goodbye", "return": "overlay.end.return", "back": "overlay.end.back"}
"""Ends that have a sign of their own."""


class Link(NamedTuple):
    """From a card to a card (`end` empty), or to the sign of an end, whose `target` is the word beside it."""

    source: str
    target: str
    end: End
    label: str
    tone: Tone
    look: Look | None = None


def links(graph: Graph, marks: Marks) -> Iterator[Link]:
    """A link for each row, in the order of the cards and rows."""
    for card in graph.cards.values():
        for row in card.rows:
            yield _link(graph, card, row, marks)


def _link(graph: Graph, card: Card, row: Row, marks: Marks) -> Link:
    target, end = row.leads, row.end
    if end == "repeat":
        target, end = card.id, ""
    elif target in graph.cards:
        end = ""
    else:
        target = row.word
    return Link(
        card.id, target, end, _label(graph, card, row, marks), row.tone, marks.row_look(graph.flow, card.id, row)
    )


def _label(graph: Graph, card: Card, row: Row, marks: Marks) -> str:
    """The key and the words of a row, and how often it was taken."""
    words = " ".join(filter(None, (row.key, row.label)))
    if marks.taken is None:
        return line(words)
    return line(" ".join(filter(None, (words, f"({marks.count(graph.flow, card.id, row):,})"))))


def ends(graph: Graph, found: Sequence[Link]) -> dict[tuple[End, str], str]:
    """The signs that links lead to, each with its words in the language of the picture, in the order they come."""
    language = language_like(graph.language) or ENGLISH
    signs = dict.fromkeys((link.end, link.target) for link in found if link.end)
    return {
        (end, word): line(" ".join([*([Message(PASSED[end]).in_language(language)] if end in PASSED else []), word]))
        for end, word in signs
    }


def name_of(card: Card) -> str:
    """A card in one line: its name and what it is about."""
    return line(" · ".join(filter(None, (card.title, card.about))))


def looks(graph: Graph, marks: Marks) -> Iterator[tuple[str, Look]]:
    """The cards that are marked, and how."""
    for id in graph.cards:
        look = marks.look(graph.flow, id)
        if look is not None:
            yield id, look
    for ghost in ghosts(marks, graph):
        yield ghost.step, "removed"


def line(text: str) -> str:
    """A text on one line, without what is not seen or turns the line around, cut where it is long."""
    plain = "".join(each if _is_seen(each) else " " for each in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _is_seen(character: str) -> bool:
    return character in JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
