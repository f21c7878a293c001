"""Ribbons along arrows: the wider, the more calls went there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ivr.drawing.marks import Marks, busiest
from ivr.drawing.placed import Placed, Route
from ivr.drawing.wires import ROOT, spine
from ivr.drawing.xml import attribute, titled
from ivr.drawing.xml import number as n

WIDEST, NARROWEST = 18.0, 1.2
STUB = 13.0
"""How long the ribbon of a row is that has no arrow."""


def ribbons(placed: Placed, marks: Marks) -> str:
    """The ribbons of a picture; nothing where nobody counted."""
    if marks.taken is None:
        return ""
    return "".join([*_along_arrows(placed, marks), *_stubs(placed, marks)])


def _along_arrows(placed: Placed, marks: Marks) -> Iterator[str]:
    graph, most = placed.graph, busiest(placed.graph, marks)
    counts = [[_row(placed, marks, route, at) for at in route.arrow.rows] for route in placed.routes]
    arrivals = _arrivals(placed, [_width(sum(each), most) for each in counts])
    for route, each, (x, y) in zip(placed.routes, counts, arrivals, strict=True):
        total = sum(each)
        if not total:
            continue
        shifted = Route(route.arrow, route.starts, route.runs, (x, y), route.down)
        names = (graph.cards[route.arrow.source].title, graph.cards[route.arrow.target].title)
        title = titled(f"{names[0]} → {names[1]}: {total:,}")
        style = f'class="m-hot {attribute(route.arrow.tone)}"'
        yield f'<path {style} stroke-width="{n(_width(total, most))}" d="{spine(shifted)}">{title}</path>'
        yield from _roots(route, each, most, style)


def _roots(route: Route, counts: list[int], most: int, style: str) -> Iterator[str]:
    """A ribbon from each row to where the rows of an arrow come together."""
    if route.down or len(counts) < 2:
        return
    x, to = route.runs[0].x, route.runs[0].y
    for y, count in zip(route.starts, counts, strict=True):
        if count:
            d = f"M{n(x)} {n(y)}C{n(x + 10)} {n(y)} {n(x + 9)} {n(to)} {n(x + ROOT)} {n(to)}"
            yield f'<path {style} stroke-width="{n(_width(count, most))}" d="{d}"/>'


def _stubs(placed: Placed, marks: Marks) -> Iterator[str]:
    """A short ribbon for each row without an arrow."""
    graph, most = placed.graph, busiest(placed.graph, marks)
    along = {(route.arrow.source, row) for route in placed.routes for row in route.arrow.rows}
    for card in graph.cards.values():
        box = placed.boxes[card.id]
        for at, row in enumerate(card.rows):
            count = marks.count(graph.flow, card.id, row)
            if count and (card.id, at) not in along:
                d = f"M{n(box.x + box.w)} {n(box.y + box.rows[at])}h{n(STUB)}"
                yield f'<path class="m-hot {attribute(row.tone)}" stroke-width="{n(_width(count, most))}" d="{d}"/>'


def _arrivals(placed: Placed, widths: list[float]) -> list[tuple[float, float]]:
    """Where each ribbon ends: those that come to one card side by side, in the order they come from."""
    coming: dict[str, list[int]] = defaultdict(list)
    for at, route in enumerate(placed.routes):
        if not route.down and widths[at]:
            coming[route.arrow.target].append(at)
    found = [route.end for route in placed.routes]
    for those in coming.values():
        top = -sum(widths[at] for at in those) / 2
        for at in sorted(those, key=lambda at: placed.routes[at].runs[-1].y):
            x, y = found[at]
            found[at] = (x, y + top + widths[at] / 2)
            top += widths[at]
    return found


def _row(placed: Placed, marks: Marks, route: Route, at: int) -> int:
    card = placed.graph.cards[route.arrow.source]
    return marks.count(placed.graph.flow, card.id, card.rows[at])


def _width(count: int, most: int) -> float:
    return min(WIDEST, max(NARROWEST, WIDEST * count / most)) if count else 0.0
