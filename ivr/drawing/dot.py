"""A flow in DOT, the language of Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.drawing.graph import CardShape, Graph
from ivr.drawing.links import ends, line, links, looks, name_of
from ivr.drawing.marks import NO_MARKS, Look, Marks, ghosts

SHAPES: Mapping[CardShape, str] = {
    "rounded": "shape=box, style=rounded", "bubble": "shape=box", "cut": "shape=octagon",
    "dashed": "shape=box, style=dashed", "double": "shape=box, peripheries=2", "folded": "shape=note",
    "pill": "shape=ellipse", "flag": "shape=cds", "unknown": "shape=box, style=dotted",
}  # fmt: skip
COLORS: Mapping[Look, str] = {
    "new": "#1a7346", "changed": "#b45309", "removed": "#b42318", "finding": "#b45309", "unwalked": "#b45309",
    "partly": "#b45309",
}  # fmt: skip
FONT = "Inter, Noto Sans, Noto Sans CJK SC, sans-serif"


def dot(graph: Graph, marks: Marks = NO_MARKS) -> str:
    """The graph, as the text of a file."""
    return "\n".join(_lines(graph, marks)) + "\n"


def _lines(graph: Graph, marks: Marks) -> Iterator[str]:
    found = list(links(graph, marks))
    marked = dict(looks(graph, marks))
    yield f"digraph {quoted(graph.flow)} {{"
    yield f"  graph [rankdir=LR, labelloc=t, fontname={quoted(FONT)}, label={quoted(graph.title or graph.flow)}];"
    yield f"  node [fontname={quoted(FONT)}];"
    yield f"  edge [fontname={quoted(FONT)}];"
    for card in graph.cards.values():
        color = _color(marked.get(card.id))
        yield f"  {_id('step', card.id)} [label={quoted(name_of(card))}, {SHAPES[card.shape]}{color}];"
    for ghost in ghosts(marks, graph):
        yield f"  {_id('gone', ghost.step)} [label={quoted(ghost.step)}, shape=box, style=dashed{_color('removed')}];"
    for (end, word), said in ends(graph, found).items():
        shape = "doublecircle" if end == "goodbye" else "circle" if end in ("return", "back") else "cds"
        yield f"  {_id(end, word)} [label={quoted(said)}, shape={shape}];"
    for link in found:
        style = ", style=dashed" if link.tone == "give-up" else ""
        target = _id(link.end or "step", link.target)
        about = f"label={quoted(link.label)}{style}{_color(link.look)}"
        yield f"  {_id('step', link.source)} -> {target} [{about}];"
    yield "}"


def _id(what: str, name: str) -> str:
    return quoted(f"{what} {name}", whole=True)


def _color(look: Look | None) -> str:
    return f', color="{COLORS[look]}", penwidth=2.5' if look else ""


def quoted(text: str, *, whole: bool = False) -> str:
    """A text in quotes, whatever is in it. Graphviz reads `\\N` and `&amp;` in a label, so both signs are doubled or
    named."""
    shown = text if whole else line(text)
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("&", "&amp;"), ("\0", ""), ("\n", " "), ("\r", " ")):
        shown = shown.replace(sign, written)
    return f'"{shown}"'
