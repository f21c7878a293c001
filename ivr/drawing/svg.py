"""A placed picture as SVG that needs nothing else: both themes, a title, a title on every card."""

from __future__ import annotations

from html import escape

from ivr.drawing.boxes import ENTERS, FRAME
from ivr.drawing.card_svg import card_svg
from ivr.drawing.focus import focused
from ivr.drawing.marks import NO_MARKS, Marks
from ivr.drawing.overlay import overlay
from ivr.drawing.placed import Placed
from ivr.drawing.placing import BEFORE_FRAME
from ivr.drawing.signs import beginning, entrance
from ivr.drawing.style import css
from ivr.drawing.wires import head, wire
from ivr.drawing.xml import attribute, text, titled
from ivr.drawing.xml import number as n

BELOW = 13.0
"""So far below other arrows those of other bands come in."""
MARGIN, TOP, BOTTOM = 40.0, 92.0, 40.0


def svg(placed: Placed, marks: Marks = NO_MARKS) -> str:
    """The file of a flow's picture, with what is laid over it."""
    placed = focused(placed, marks)
    graph, laid = placed.graph, overlay(placed, marks, (MARGIN, TOP))
    w = max(max(placed.width, 320.0) + 2 * MARGIN, laid.wide)
    h = max(placed.height + TOP, laid.high) + BOTTOM
    heading = text("h", (MARGIN, 46), graph.title, 20, w - 2 * MARGIN)
    heading += text("hs", (MARGIN, 68), f"{graph.flow}.yaml", 13, w - 2 * MARGIN)
    size = f'viewBox="0 0 {n(w)} {n(h)}" width="{n(w)}" height="{n(h)}"'
    about = f'role="img" aria-label="{attribute(graph.title)}" lang="{attribute(graph.language)}"'
    style = f"<style>{escape(css() + laid.style, quote=False)}</style>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="p" {size} {about}>{titled(graph.title)}{style}'
        f'<rect class="bg" width="100%" height="100%"/>{heading}{laid.around}'
        f'<g transform="translate({n(MARGIN)} {n(TOP)})">{laid.under}{inside(placed)}{laid.over}</g></svg>\n'
    )


def inside(placed: Placed, path: str = "") -> str:
    """Arrows, cards and heads of a picture, and in its frames those of other flows."""
    graph, boxes = placed.graph, placed.boxes
    path = f"{path}{graph.flow}."
    titles = {id: card.title for id, card in graph.cards.items()}
    parts = [wire(each, f"{titles[each.arrow.source]} → {titles[each.arrow.target]}") for each in placed.routes]
    for card in (card for card in graph.cards.values() if card.id in boxes):
        framed = _framed(placed, card.id, f"{path}{card.id}/") if card.id in placed.inner else ""
        parts.append(card_svg(placed, card, f"{path}{card.id}", framed))
    parts += [head(route) for route in placed.routes]
    if graph.first in boxes:
        first = boxes[graph.first]
        parts.append(beginning((first.x, first.y + ENTERS)))
    arrived = {route.arrow.target for route in placed.routes if not route.down} | {graph.first}
    for target in sorted(set(placed.jumps.values()) & boxes.keys()):
        below = BELOW if target in arrived else 0.0
        parts.append(entrance((boxes[target].x, boxes[target].y + ENTERS + below)))
    return "".join(parts)


def _framed(placed: Placed, card: str, path: str) -> str:
    """The picture in a frame, above the frame's rows."""
    box, inner = placed.boxes[card], placed.inner[card]
    top = box.head - inner.height - FRAME / 2
    place = f"translate({n(FRAME + BEFORE_FRAME)} {n(top)})"
    ground = f'<rect class="inside" x="7" y="{n(top - 8)}" width="{n(box.w - 14)}" height="{n(inner.height + 15)}"/>'
    return f'{ground}<g transform="{place}">{inside(inner, path)}</g>'
