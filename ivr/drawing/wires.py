"""Arrows: straight past what stands in a column, curved between columns, never through a card or a word."""

from __future__ import annotations

from ivr.drawing.placed import Route
from ivr.drawing.signs import arrow_head
from ivr.drawing.xml import number as n
from ivr.drawing.xml import titled

ROOT = 20.0
"""The room in which the rows of one arrow come together."""
HEAD = 7.0


def wire(route: Route, told: str = "") -> str:
    """The line of an arrow, and what is told on pointing at it."""
    return f'<path class="w {route.arrow.tone}" d="{_roots(route)}{spine(route)}">{titled(told)}</path>'


def spine(route: Route) -> str:
    """The path of an arrow from where its rows have come together to its head: also for what is drawn along it."""
    end_x, end_y = route.end
    if route.down:
        return f"M{n(end_x)} {n(route.starts[0])}V{n(end_y - HEAD)}"
    first, *others = route.runs
    x, y = first.x + (ROOT if len(route.starts) > 1 else 0.0), first.y
    d = f"M{n(x)} {n(y)}"
    if first.to > x:
        d, x = f"{d}H{n(first.to)}", first.to
    for run in others:
        d += f"{_curve(x, y, run.x, run.y)}H{n(run.to)}"
        x, y = run.to, run.y
    return d + _curve(x, y, end_x - HEAD, end_y)


def head(route: Route) -> str:
    """The head of an arrow."""
    x, y = route.end
    return f'<path class="ah" d="M{n(x)} {n(y)}l-4.5-9h9z"/>' if route.down else arrow_head((x, y))


def _roots(route: Route) -> str:
    if route.down or len(route.starts) < 2:
        return ""
    x, to = route.runs[0].x, route.runs[0].y
    return "".join(f"M{n(x)} {n(y)}C{n(x + 10)} {n(y)} {n(x + 9)} {n(to)} {n(x + ROOT)} {n(to)}" for y in route.starts)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    reach = (to_x - x) / 2
    return f"C{n(x + reach)} {n(y)} {n(to_x - reach)} {n(to_y)} {n(to_x)} {n(to_y)}"
