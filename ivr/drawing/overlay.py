"""What lies over a placed picture: outlines, rings, numbers, ribbons. Nothing in the picture moves for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.drawing.beside import below, beside, heading
from ivr.drawing.boxes import FRAME, SMALL, TITLE, Box, label_from, label_size
from ivr.drawing.foot import foot, share
from ivr.drawing.graph import Card, Row
from ivr.drawing.mark_signs import disc, frame, mark_css, ring, tag
from ivr.drawing.marks import NO_MARKS, Marks, told, visits
from ivr.drawing.measure import measure
from ivr.drawing.placed import Placed
from ivr.drawing.placing import BEFORE_FRAME
from ivr.drawing.ribbons import ribbons
from ivr.drawing.shapes import BESIDE_SIDES, SIDE
from ivr.drawing.xml import number as n
from ivr.drawing.xml import text, titled
from ivr.flow.model import StepKey

BESIDE_NUMBER = 3.0
"""Between a label and its number."""
BESIDE, BESIDE_TAG = 17.0, 21.0
"""So far from the sign of a problem others stand: of a row, and of a card."""
FOLD = 14.0
"""The room of a folded corner."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Parts of SVG: `style` of all of it, `under` and `over` the picture itself, in its coordinates, and `around` it,
    in the file's. `wide` and `high`: how large the file must be for them."""

    style: str = ""
    under: str = ""
    over: str = ""
    around: str = ""
    wide: float = 0.0
    high: float = 0.0


NOTHING = Overlay()


def overlay(placed: Placed, marks: Marks, origin: tuple[float, float]) -> Overlay:
    """What marks lay over a picture that begins at `origin` in its file."""
    if marks == NO_MARKS:
        return NOTHING
    x, y = origin
    ghosts, right, low = beside(placed, marks)
    above, wide = heading(placed.graph, marks, origin)
    listing, width, height = below(placed.graph, marks, (x, y + max(placed.height, low)), placed.width + right)
    return Overlay(
        style=mark_css(),
        under=_nested(placed, marks, under=True),
        over=_nested(placed, marks, under=False) + ghosts,
        around=above + listing,
        wide=max(wide, 2 * x + width, 2 * x + placed.width + right if right else 0.0),
        high=y + max(placed.height, low) + height,
    )


def _nested(placed: Placed, marks: Marks, *, under: bool) -> str:
    """A layer of a picture and of those opened in it. Ribbons of those lie over their frames, which would hide them."""
    parts = [ribbons(placed, marks)] if under else list(_cards(placed, marks))
    for card, inner in () if under else placed.inner.items():
        box = placed.boxes[card]
        left, top = box.x + FRAME + BEFORE_FRAME, box.y + box.head - inner.height - FRAME / 2
        within = marks.within(StepKey(placed.graph.flow, card))
        inside = ribbons(inner, within) + _nested(inner, within, under=False)
        parts.append(f'<g transform="translate({n(left)} {n(top)})">{inside}</g>')
    return "".join(parts)


def _cards(placed: Placed, marks: Marks) -> Iterator[str]:
    counts = visits(placed.graph, marks) if marks.taken is not None else None
    for card in placed.graph.cards.values():
        box = placed.boxes[card.id]
        parts = [*_looks(placed, marks, card, box)]
        if counts is not None:
            parts += _numbers(placed, marks, card, counts)
        if parts:
            yield f'<g transform="translate({n(box.x)} {n(box.y)})">{"".join(parts)}</g>'


def _looks(placed: Placed, marks: Marks, card: Card, box: Box) -> Iterator[str]:
    """The outline of a card, and the signs on its rows."""
    flow = placed.graph.flow
    look = marks.look(flow, card.id)
    if look is not None:
        yield f"<g>{frame(look, box.w, box.h)}{titled(chr(10).join(told(marks, placed.graph, card)))}</g>"
    for row, y in zip(card.rows, box.rows, strict=True):
        of_row = marks.row_look(flow, card.id, row)
        if of_row is None:
            continue
        said = [said.text for said in marks.of(flow, card.id) if said.exit.split(" ")[0] in _words(row)]
        sign = "" if card.bare else disc(of_row, -BESIDE if row.problems else 0.0, y)
        if of_row in ("unwalked", "partly"):
            sign = ring(of_row, box.w, y)
        yield f"<g>{sign}{titled(chr(10).join(said))}</g>"
    if look is not None:
        yield tag(look, box.w - (BESIDE_TAG if card.problems and look != "finding" else 0))


def _words(row: Row) -> set[str]:
    return {exit.split(" ")[0] for exit in row.exits}


def _numbers(placed: Placed, marks: Marks, card: Card, counts: Mapping[str, int]) -> Iterator[str]:
    """How often a card was come to and each row taken; a card nobody came to is at half strength."""
    flow, box, came = placed.graph.flow, placed.boxes[card.id], counts[card.id]
    if not came:
        yield f'<rect class="m-cold" x="-3" y="-3" width="{n(box.w + 6)}" height="{n(box.h + 12)}"/>'
        return
    if not card.is_step:
        yield text("m-n m-beside", (box.w + 7, 19.5), f"{came:,}", SMALL)
        return
    right = box.w - (FOLD if card.shape == "folded" else 0)
    yield _number(f"{came:,}", right, 15.0, _head_ends(card, box))
    down = {row for route in placed.routes_down.get(card.id, ()) for row in route.arrow.rows}
    signs = down if len(down) < len(card.rows) else ()
    for at, (row, y) in enumerate(zip(card.rows, box.rows, strict=True)):
        if not card.bare:
            count = marks.count(flow, card.id, row)
            ends = label_from(row) + measure(row.label, label_size(row))
            drawn = _number(f"{count:,}", box.w - (15 if at in signs else 0), y, ends)
            yield f"<g>{drawn}{titled(share(count, came))}</g>"
    yield foot(placed.graph, card, box, marks, came)


def _head_ends(card: Card, box: Box) -> float:
    """How far to the right a card's name reaches, and what it is about."""
    side = BESIDE_SIDES.get(card.shape, SIDE)
    named = side + 20 + measure(card.title, TITLE)
    about = 9 + measure(card.about, SMALL) if card.about and not box.below else 0.0
    return min(named + about, box.w - side)


def _number(shown_as: str, right: float, y: float, ends: float) -> str:
    """A number at the right of a row; a label that would reach into it is covered."""
    width = measure(shown_as, SMALL)
    left = right - 12 - width
    cover = ""
    if ends > left - BESIDE_NUMBER:
        cover = f'<rect class="m-cover" x="{n(left - 16)}" y="{n(y - 9)}" width="{n(width + 18)}" height="18"/>'
        cover += text("g", (left - 14, y + 4), "…", SMALL)
    return cover + text("m-n", (right - 12, y + 4), shown_as, SMALL)
