"""Texts and numbers in SVG. Every text that comes from a file goes through here, so that none breaks out."""

from __future__ import annotations

from html import escape

from ivr.drawing.measure import cut, familiar, plain

__all__ = ["attribute", "number", "text", "titled"]


_BOLD = ("t", "h", "k", "i ic")
"""The styles of heavy type."""


def number(value: float) -> str:
    """A coordinate, a tenth of a pixel exact."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace("-0", "0") if -0.05 < value < 0 else _short(value)


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def attribute(words: str) -> str:
    """A text inside the quotes of an attribute."""
    return escape(plain(words), quote=True)


def titled(words: str) -> str:
    """What is told on hovering, and to whoever cannot see; lines stay lines."""
    return f"<title>{escape(chr(10).join(map(plain, words.splitlines())), quote=False)}</title>" if words else ""


def text(style: str, at: tuple[float, float], words: str, size: float, room: float | None = None) -> str:
    """A line of text, cut to its room; where nobody knows how wide its characters are, it is clipped as well."""
    x, y = at
    shown = words if room is None else cut(words, size, room, bold=style in _BOLD)
    if not shown:
        return ""
    if room is None or familiar(shown):
        return f'<text class="{style}" x="{number(x)}" y="{number(y)}">{escape(shown, quote=False)}</text>'
    place = f'x="{number(x)}" y="{number(y - size - 3)}" width="{number(max(room, 1))}" height="{number(size + 9)}"'
    inside = f'<text class="{style}" y="{number(size + 3)}">{escape(shown, quote=False)}</text>'
    return f'<svg {place} overflow="hidden">{inside}</svg>'
