"""A page that shows the pictures of all flows, and needs nothing else but them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from ivr.drawing.measure import plain, plain_lines
from ivr.drawing.style import DARK, FONT, LIGHT
from ivr.messages.catalogue import ENGLISH, language_like
from ivr.messages.message import Message

STYLE = """
body{{font:15px/1.5 {font};margin:0;padding:24px 32px;background:{bg};color:{ink}}}h1{{font-size:22px;margin:0 0 4px}}
nav a{{display:inline-block;margin:0 6px 6px 0;padding:2px 12px;border:1px solid {wire};border-radius:14px;color:{ink};
text-decoration:none}}nav a small{{color:{dim}}}section{{border-top:1px solid {line};margin-top:16px;padding-top:8px}}
h2{{font-size:16px}}h2 a{{font-weight:400;color:{dim}}}pre{{overflow-x:auto;font-size:13px}}
figure{{margin:0;overflow-x:auto}}img{{display:block;max-width:none}}
"""
THEMED = (
    "@media(prefers-color-scheme:dark){{body{{background:{bg};color:{ink}}}nav a{{border-color:{wire};color:{ink}}}\
nav a small,h2 a{{color:{dim}}}section{{border-color:{line}}}}}"
)


class Picture(NamedTuple):
    """A flow's picture: the flow, its title, the file beside the page, how many steps it has; `text` is what the page
    shows where the file is a text and no picture."""

    flow: str
    title: str
    file: str
    steps: int
    text: str = ""


def page(title: str, language: str, pictures: Sequence[Picture]) -> str:
    """The page, in a language of the hotline."""
    style = STYLE.format(font=FONT, **LIGHT) + THEMED.format(**DARK)
    links = "".join(_link(picture, language) for picture in pictures)
    shown = "".join(map(_shown, pictures))
    name = escape(plain(title))
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title><style>{style}</style>'
        f"<h1>{name}</h1><nav>{links}</nav>{shown}</html>\n"
    )


def _link(picture: Picture, language: str) -> str:
    steps = Message("drawing.page.steps", n=picture.steps).in_language(language_like(language) or ENGLISH)
    name = escape(plain(picture.title))
    return f'<a href="{_address(picture.file)}">{name} <small>{escape(steps)}</small></a>'


def _shown(picture: Picture) -> str:
    name, file = escape(plain(picture.title)), _address(picture.file)
    if picture.text:
        heading = f'<h2 id="{_address(picture.flow)}">{name} <a href="{file}">{escape(picture.file)}</a></h2>'
        return f"<section>{heading}<pre><code>{escape(plain_lines(picture.text))}</code></pre></section>"
    return f'<section><figure><a href="{file}"><img src="{file}" alt="{name}"></a></figure></section>'


def _address(file: str) -> str:
    """A file's name as an address beside the page."""
    return "".join(
        char if char.isascii() and (char.isalnum() or char in "-_.~") else "".join(f"%{b:02X}" for b in char.encode())
        for char in file
    )
