"""What a card shows of long words whose change would be cut off: as many lines as before, further on in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from ivr.drawing.boxes import PROMPT, WORDS_FROM, Box
from ivr.drawing.graph import Card, Graph
from ivr.drawing.marks import Focus, Marks
from ivr.drawing.measure import wrap
from ivr.drawing.placed import Placed
from ivr.flow.model import StepKey

BEFORE, BEHIND = 10, 24
"""So many characters around the first one that differs must be seen."""


def focus_of(graph: Graph, before: Graph) -> Mapping[StepKey, Focus]:
    """Where the words of cards differ from those of the same cards of another version."""
    found = {}
    for id, card in graph.cards.items():
        focus = _differing(card.words, before.cards[id].words) if id in before.cards else None
        if focus is not None:
            found[StepKey(graph.flow, id)] = focus
    return found


def _differing(words: Sequence[str], others: Sequence[str]) -> Focus | None:
    """Where words first differ from others; None where the others only go on."""
    for at, text in enumerate(words):
        other = others[at] if at < len(others) else ""
        if text != other:
            alike = takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False))
            return Focus(at, sum(1 for _ in alike))
    return None


def tell_apart(graph: Graph, boxes: Mapping[str, Box]) -> None:
    """Let cards show where their words differ, of which all that has room is the same."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for id, box in boxes.items():
        if box.lines and graph.cards[id].is_step:
            alike.setdefault(tuple(box.lines), []).append(id)
    for those in alike.values():
        for id in those:
            card = graph.cards[id]
            focus = (_differing(card.words, graph.cards[other].words) for other in those)
            first = min((each for each in focus if each is not None), default=None)
            if first is not None:
                boxes[id].lines = _lines(card, boxes[id], first)


def focused(placed: Placed, marks: Marks) -> Placed:
    """The picture with the words of cards moved on to where they differ. No card is larger for it."""
    if not marks.focus:
        return placed
    boxes = dict(placed.boxes)
    for id, box in placed.boxes.items():
        focus = marks.focus.get(StepKey(placed.graph.flow, id))
        if focus is not None and box.lines:
            boxes[id] = replace(box, lines=_lines(placed.graph.cards[id], box, focus))
    inner = {id: focused(each, marks) for id, each in placed.inner.items()}
    return replace(placed, boxes=boxes, inner=inner)


def _lines(card: Card, box: Box, focus: Focus) -> list[str]:
    """As many lines as the card has room for, with what differs among them."""
    words = card.words[focus.paragraph]
    looked_for = words[max(0, focus.at - BEFORE) : focus.at + BEHIND]
    if _holds(box.lines, looked_for):
        return box.lines
    room, most = box.w - WORDS_FROM, len(box.lines)
    for start in (*_beginnings(words), *range(len(words))):
        lines = wrap("…" + words[start:].lstrip(" .,;:!?，。；：！？、"), PROMPT, room, most)
        if _holds(lines, looked_for.lstrip(" .,;:!?，。；：！？、")):
            return lines
    return box.lines


def _beginnings(words: str) -> Iterator[int]:
    """Where a word begins, or a Chinese character stands."""
    return (at for at in range(1, len(words)) if words[at - 1] == " " or ord(words[at - 1]) >= 0x2E80)


def _holds(lines: list[str], words: str) -> bool:
    return "".join(words.split()) in "".join("".join(lines).split())
