"""How large cards are, and where in a card its words and rows stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from ivr.drawing.graph import Card, Row
from ivr.drawing.measure import cut_middle, measure, wrap
from ivr.drawing.shapes import BESIDE_SIDES, SIDE

HEAD, LINE, ROW, DIM_ROW = 30.0, 17.0, 26.0, 20.0
TITLE, PROMPT, LABEL, SMALL, KEY = 13.0, 12.0, 12.5, 11.0, 12.0
"""Sizes of type: titles, prompts, rows, what is dim, keys."""
NARROWEST, WITH_WORDS, WIDEST = 176.0, 212.0, 252.0
ENTERS = 15.0
"""So far below its upper edge arrows reach a card."""
FRAME = 14.0
"""Between a frame and the picture in it."""
LONGEST_CHIP = 170.0
ICON = 20.0
PILL_TAIL = 50.0
WORDS_FROM = 28.0
"""What both sides of a card take of the room of its words."""


@dataclass(slots=True)
class Box:
    """A card's size and place. `head` is the height of what stands above its rows, `rows` the middle of each row.
    `below`: what the card is about has a line of its own, for beside the title there is no room for it."""

    w: float
    h: float = 0.0
    x: float = 0.0
    y: float = 0.0
    head: float = HEAD
    rows: list[float] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    below: bool = False


def box_of(card: Card, inside: tuple[float, float] | None = None, at_least: float = 0.0) -> Box:
    """The size of a card, at least so wide; `inside` is the size of the picture of the flow that is opened in it."""
    if not card.is_step:
        return Box(min(max(96.0, measure(card.title, TITLE, bold=True) + PILL_TAIL), WIDEST), HEAD)
    box = Box(max(_width(card), at_least))
    if inside:
        box.w = max(box.w, inside[0] + 2 * FRAME)
    for words in card.words:
        box.lines += wrap(words, PROMPT, box.w - WORDS_FROM, max(1, card.most - len(box.lines)))
    box.lines = box.lines[: card.most]
    box.below = bool(card.about) and about_from(card) + measure(card.about, SMALL) > box.w - _side(card)
    lines = len(box.lines) + box.below
    box.head = HEAD + lines * LINE + (5 if lines else 0)
    if inside:
        box.head += inside[1] + FRAME
    _place_rows(card, box, framed=inside is not None)
    return box


def about_from(card: Card) -> float:
    """Where on the line of its title begins what a card is about."""
    return _side(card) + ICON + measure(card.title, TITLE, bold=True) + 9


def _side(card: Card) -> float:
    return BESIDE_SIDES.get(card.shape, SIDE)


def row_height(row: Row) -> float:
    """The height of a row; what is dim takes less."""
    return DIM_ROW if row.tone == "give-up" else ROW


def label_from(row: Row) -> float:
    """Where in its row a label begins, behind the key."""
    return 18 + key_width(row) if row.key else 14.0


def key_width(row: Row) -> float:
    """The width of a key's cap."""
    return max(20.0, measure(row.key, KEY, bold=True) + 10)


def label_size(row: Row) -> float:
    """The size of a row's type."""
    return SMALL if row.tone == "give-up" else LABEL


def chip_text(word: str) -> str:
    """A word as a chip shows it: of a long one the beginning and the end, by which names differ."""
    return cut_middle(word, SMALL, LONGEST_CHIP - 34)


def chip_width(word: str) -> float:
    """The width of a chip with its sign."""
    return measure(chip_text(word), SMALL) + 34


def tail(row: Row, jump: str = "") -> float:
    """The room a row takes on the right of its card. `jump`: the name of a card in another band that it leads to."""
    if jump or row.end in ("loop", "missing", "repeat", "back"):
        return 16 + chip_width(jump or row.word)
    if row.end == "return" and row.word:
        return 36 + measure(chip_text(row.word), SMALL)
    return 30.0 if row.end in ("goodbye", "return") else 0.0


def _width(card: Card) -> float:
    named = measure(card.title, TITLE, bold=True) + 2 * _side(card) + ICON + 4
    beside = named + measure(card.about, SMALL) + 14
    if card.about:
        named = beside if beside <= WIDEST else max(named, measure(card.about, SMALL) + 28)
    labels = [label_from(row) + measure(row.label, label_size(row)) + 26 for row in card.rows if row.label]
    return min(max(WITH_WORDS if card.words else NARROWEST, named, *labels, 0), WIDEST)


def _place_rows(card: Card, box: Box, *, framed: bool) -> None:
    if card.bare:
        box.rows = [ENTERS]
        box.h = box.head + (4 if box.lines or box.below or framed else 0)
        return
    below = box.head
    for row in card.rows:
        box.rows.append(below + row_height(row) / 2)
        below += row_height(row)
    box.h = below + (6 if card.rows else 4 if box.lines or box.below else 0)
