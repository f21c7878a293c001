"""Flows whose names and labels are whatever people paste into them, and flows as pictures without files."""

from __future__ import annotations

import json

from ivr.drawing.build import View, graph_of
from ivr.drawing.graph import Graph
from ivr.drawing.material import material
from ivr.flow.known import as_known
from ivr.flow.parse import parse
from ivr.flow.release import Files
from ivr.lint.partly import partly_compiled

ODD = (
    "<b>bold</b>",
    "</text><script>alert(1)</script>",
    '"quoted" \\"twice\\" \\N \\',
    "a --> b; end",
    "%%{init: {'theme': 'dark'}}%%",
    "`**mark**`",
    "1. a list",
    "- a list",
    "#quot; &amp; &#x3c;",
    "|pipe| {brace} [bracket] (paren)",
    "]]>",
    "🙂 👩‍👩‍👧 🇨🇳",
    "שלום עולם",
    "مرحبا",
    "\u202eevil",
    "一" * 200,
    "x" * 200,
    "end",
    "graph",
    'click s_menu href "javascript:alert(1)"',
)


def drawn(files: Files, flow: str = "main", language: str = "en-US") -> Graph:
    """The model of a flow's picture."""
    known = as_known(parse(files))
    return graph_of(material(known, partly_compiled(known)), flow, View(language))


def yaml_text(text: str) -> str:
    """A text in quotes of YAML."""
    return json.dumps(text, ensure_ascii=False)
