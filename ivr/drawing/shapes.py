"""The outlines of cards: with the icon and the colour they say of what kind a step is, so that none is needed alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.drawing.graph import CardShape
from ivr.drawing.xml import number as n

BESIDE_SIDES: Mapping[CardShape, float] = {"cut": 14.0, "double": 15.0, "pill": 14.0}
"""Where the icon stands, in cards whose sides need more room."""
SIDE = 11.0


def outline(shape: CardShape, w: float, h: float) -> str:
    """A card's outline as SVG."""
    return _DRAWN.get(shape, _rounded)(w, h)


def _path(d: str) -> str:
    return f'<path class="card" d="{d}"/>'


def _rect(w: float, h: float, radius: float) -> str:
    return f'<rect class="card" width="{n(w)}" height="{n(h)}" rx="{n(radius)}"/>'


def _rounded(w: float, h: float) -> str:
    return _rect(w, h, 9)


def _pill(w: float, h: float) -> str:
    return _rect(w, h, min(22, h / 2))


def _double(w: float, h: float) -> str:
    return f'{_rect(w, h, 3)}<path class="bar" d="M6 0V{n(h)}M{n(w - 6)} 0V{n(h)}"/>'


def _flag(w: float, h: float) -> str:
    return _path(f"M10 0H{n(w - 14)}L{n(w)} {n(h / 2)} {n(w - 14)} {n(h)}H10Q0 {n(h)} 0 {n(h - 10)}V10Q0 0 10 0Z")


def _cut(w: float, h: float) -> str:
    c = min(12, h / 2)
    return _path(f"M{n(c)} 0H{n(w - c)}L{n(w)} {n(c)}V{n(h - c)}L{n(w - c)} {n(h)}H{n(c)}L0 {n(h - c)}V{n(c)}Z")


def _folded(w: float, h: float) -> str:
    body = f"M6 0H{n(w - 13)}L{n(w)} 13V{n(h - 6)}Q{n(w)} {n(h)} {n(w - 6)} {n(h)}H6Q0 {n(h)} 0 {n(h - 6)}V6Q0 0 6 0Z"
    return _path(body) + _path(f"M{n(w - 13)} 0V13H{n(w)}Z")


def _bubble(w: float, h: float) -> str:
    right = f"M10 0H{n(w - 10)}Q{n(w)} 0 {n(w)} 10V{n(h - 10)}Q{n(w)} {n(h)} {n(w - 10)} {n(h)}"
    return _path(f"{right}H66L54 {n(h + 8)} 54 {n(h)}H10Q0 {n(h)} 0 {n(h - 10)}V10Q0 0 10 0Z")


_DRAWN: Mapping[str, Callable[[float, float], str]] = {
    "pill": _pill,
    "double": _double,
    "flag": _flag,
    "cut": _cut,
    "folded": _folded,
    "bubble": _bubble,
}
