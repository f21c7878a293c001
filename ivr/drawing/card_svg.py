"""A card as SVG: its outline, its head, what it says, its rows."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.drawing.boxes import (
    ENTERS,
    HEAD,
    ICON,
    KEY,
    LINE,
    PROMPT,
    SMALL,
    TITLE,
    Box,
    about_from,
    key_width,
    label_from,
    label_size,
)  # fmt: skip
from ivr.drawing.graph import Card, Row
from ivr.drawing.measure import cut
from ivr.drawing.placed import Placed
from ivr.drawing.shapes import BESIDE_SIDES, SIDE, outline
from ivr.drawing.signs import goodbye, sign
from ivr.drawing.xml import attribute, text, titled
from ivr.drawing.xml import number as n

_FLOW_ICON = "M1 2h8l6 6-6 6H1l5-6z"


def card_svg(placed: Placed, card: Card, path: str, inside: str = "") -> str:
    """A card with its signs; `inside` is the picture of the flow that is opened in it, `path` where the card is."""
    box = placed.boxes[card.id]
    place = f'transform="translate({n(box.x)} {n(box.y)})"'
    parts = [titled(card.whole), outline(card.shape, box.w, box.h), inside, _head(card, box)]
    below = [text("g", (14, HEAD + 10), card.about, SMALL, box.w - 20)] if box.below else []
    parts += below
    parts += [
        text("s", (14, HEAD + 11 + at * LINE), line, PROMPT, box.w - 20) for at, line in enumerate(box.lines, box.below)
    ]
    if card.rows and not card.bare and (box.lines or below or inside):
        parts.append(f'<path class="sep" d="M10 {n(box.head - 1)}H{n(box.w - 10)}"/>')
    down = _down_rows(placed, card)
    for at, row in enumerate(card.rows):
        place_of_row = (box.w, box.rows[at])
        parts.append(_row(row, place_of_row, down=at in down) if not card.bare else "")
        parts.append(sign(row, place_of_row, placed.graph.language, *placed.jump(card.id, at)))
        if row.problems and not card.bare:
            parts.append(_problem(row.problems, (0, box.rows[at]), 7.5))
    if card.is_step and not card.rows and card.shape != "unknown":
        parts.append(f'<path class="w" d="M{n(box.w)} {n(ENTERS)}h12"/>')
        parts.append(goodbye((box.w, ENTERS), placed.graph.language))
    if card.problems:
        parts.append(_problem(card.problems, (box.w - 8, -4), 9))
    style = f"{card.shape} lost" if card.lost else card.shape
    return f'<g class="{style}" id="{attribute(path)}" {place}>{"".join(parts)}</g>'


def _head(card: Card, box: Box) -> str:
    side = BESIDE_SIDES.get(card.shape, SIDE)
    icon = card.icon if card.is_step else _FLOW_ICON
    if len(icon) > 1:
        drawn = f'<path class="i" transform="translate({n(side)} 8.5) scale(.82)" d="{attribute(icon)}"/>'
    else:
        drawn = text("i ic", (side + 2, 19.5), icon, TITLE)
    left, right = side + ICON, box.w - (side if card.is_step else 16)
    title = cut(card.title, TITLE, right - left, bold=True)
    head = drawn + text("t", (left, 19.5), title, TITLE, right - left)
    if card.about and not box.below:
        head += text("g", (about_from(card), 19.5), card.about, SMALL, right - about_from(card))
    return head


def _row(row: Row, at: tuple[float, float], *, down: bool) -> str:
    right, y = at
    left = label_from(row)
    parts = []
    if row.key:
        width = key_width(row)
        parts.append(f'<rect class="kb" x="10" y="{n(y - 10)}" width="{n(width)}" height="20" rx="5"/>')
        parts.append(text("k", (10 + width / 2, y + 4.3), row.key, KEY))
    style, size = ("g" if row.tone == "give-up" else "r"), label_size(row)
    parts.append(text(style, (left, y + 4.2), row.label, size, right - left - (26 if down else 10)))
    if down:
        parts.append(f'<path class="dn" d="M{n(right - 17)} {n(y - 5)}v9m-3.5-3.5 3.5 3.5 3.5-3.5"/>')
    return "".join(parts)


def _down_rows(placed: Placed, card: Card) -> frozenset[int]:
    """The rows that lead to the card below, where others lead elsewhere."""
    below = next((route.arrow.rows for route in placed.routes_down.get(card.id, ())), ())
    return frozenset(below) if len(below) < len(card.rows) else frozenset()


def _problem(problems: Sequence[str], at: tuple[float, float], radius: float) -> str:
    x, y = at
    mark = f'<circle class="find" r="{n(radius)}"/><text class="findt" y="4">!</text>'
    return f'<g transform="translate({n(x)} {n(y)})">{titled(chr(10).join(problems))}{mark}</g>'
