"""The signs at the ends of rows that have no arrow: the end of the call, a return, a chip with where the way goes."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.drawing.boxes import SMALL, chip_text, chip_width
from ivr.drawing.graph import Row, Tone
from ivr.drawing.xml import number as n
from ivr.drawing.xml import text, titled
from ivr.messages.catalogue import ENGLISH, language_like
from ivr.messages.message import Message

_CHIPS: Mapping[str, str] = {
    "loop": "M8-3.5a4.5 4.5 0 1 0 1.5 3.5M8-6.5v3.2H4.8",
    "repeat": "M8-3.5a4.5 4.5 0 1 0 1.5 3.5M8-6.5v3.2H4.8",
    "back": "M10 0H1m4-4-4 4 4 4",
    "missing": "M2-3a3 3 0 1 1 3.5 3V2m0 2.6v.2",
    "jump": "M2-4l6 4-6 4z",
    "flag": "M0-4h7l4 4-4 4H0l3-4z",
}
_CALLED: Mapping[str, str] = {
    "goodbye": "drawing.sign.goodbye",
    "return": "drawing.sign.return",
    "repeat": "drawing.sign.repeat",
    "back": "drawing.sign.back",
}
_LEADING: Mapping[str, str] = {
    "loop": "drawing.sign.loop",
    "missing": "drawing.sign.missing",
    "jump": "drawing.sign.jump",
    "flag": "drawing.sign.flag",
}
CHIP_HEIGHT = 18.0


def sign(row: Row, at: tuple[float, float], language: str, jump: str = "", jump_end: str = "jump") -> str:
    """The sign at a row's end, from the card's edge on; `jump`: the name of a card in another band, or with `jump_end`
    "flag" of another flow, of which nothing else is drawn."""
    end = jump_end if jump else row.end
    if end in _CHIPS:
        return _chip(end, jump or row.word, at, row.tone, language)
    if end == "goodbye":
        return _line(at, row.tone) + goodbye(at, language)
    return _line(at, row.tone) + _returned(row.word, at, language) if end == "return" else ""


def goodbye(at: tuple[float, float], language: str) -> str:
    """The end of the call: a disc with a square."""
    x, y = at
    square = f'<rect class="stop" x="{n(x + 16.5)}" y="{n(y - 2.5)}" width="5" height="5" rx=".8"/>'
    return f'<g><circle class="end" cx="{n(x + 19)}" cy="{n(y)}" r="7"/>{square}{_called("goodbye", "", language)}</g>'


def beginning(at: tuple[float, float]) -> str:
    """Where the flow begins: a dot and an arrow, ending at the card's edge."""
    x, y = at
    arrow = f'<path class="w" d="M{n(x - 19)} {n(y)}h11"/>{arrow_head(at)}'
    return f'<circle class="end" cx="{n(x - 23)}" cy="{n(y)}" r="5.5"/>{arrow}'


def entrance(at: tuple[float, float]) -> str:
    """Where arrows of other bands come in: a ring."""
    x, y = at
    ring = f'<circle class="sign" cx="{n(x - 21)}" cy="{n(y)}" r="3.5"/>'
    return f'{ring}<path class="w" d="M{n(x - 17)} {n(y)}h9"/>{arrow_head(at)}'


def arrow_head(at: tuple[float, float]) -> str:
    """An arrow's head that ends at a place, pointing right."""
    return f'<path class="ah" d="M{n(at[0])} {n(at[1])}l-9-4.5v9z"/>'


def _line(at: tuple[float, float], tone: Tone) -> str:
    return f'<path class="w {tone}" d="M{n(at[0])} {n(at[1])}h12"/>'


def _returned(word: str, at: tuple[float, float], language: str) -> str:
    x, y = at
    ring = f'<circle class="sign" cx="{n(x + 19)}" cy="{n(y)}" r="7"/>'
    hook = f'<path class="sign" d="M{n(x + 22)} {n(y + 3)}v-3h-5.5m2-2-2 2 2 2"/>'
    said = text("g", (x + 30, y + 4), chip_text(word), SMALL)
    return f"<g>{ring}{hook}{said}{_called('return', word, language)}</g>"


def _chip(end: str, word: str, at: tuple[float, float], tone: Tone, language: str) -> str:
    x, y = at
    width, style = chip_width(word), "chip missing" if end == "missing" else "chip"
    place = f'x="{n(x + 12)}" y="{n(y - CHIP_HEIGHT / 2)}" width="{n(width)}" height="{n(CHIP_HEIGHT)}"'
    shape = f'<rect class="{style}" {place} rx="{n(CHIP_HEIGHT / 2)}"/>'
    drawn = f'<path class="{"ah" if end in ("jump", "flag") else "sign"}" transform="translate({n(x + 20)} {n(y)})"'
    said = text("g", (x + 36, y + 4), chip_text(word), SMALL, width - 30)
    return f'{_line(at, tone)}<g>{shape}{drawn} d="{_CHIPS[end]}"/>{said}{_called(end, word, language)}</g>'


def _called(end: str, word: str, language: str) -> str:
    message = Message(_LEADING[end], step=word) if end in _LEADING else Message(_CALLED[end])
    said = message.in_language(language_like(language) or ENGLISH)
    return titled(f"{said}\n{word}" if word and end == "return" else said)
