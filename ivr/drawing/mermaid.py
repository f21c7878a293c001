"""A flow as a Mermaid flowchart, which forges draw: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from ivr.drawing.graph import Card, CardShape, End, Graph
from ivr.drawing.links import ends, line, links, looks, name_of
from ivr.drawing.marks import NO_MARKS, Look, Marks, ghosts

SHAPES: Mapping[CardShape, tuple[str, str]] = {
    "rounded": ("(", ")"), "bubble": ("[", "]"), "cut": ("{", "}"), "dashed": ("[", "]"), "double": ("[[", "]]"),
    "folded": ("[(", ")]"), "pill": ("([", "])"), "flag": (">", "]"), "unknown": ("[", "]"),
}  # fmt: skip
ENDS: Mapping[End, tuple[str, str]] = {"goodbye": ("(((", ")))"), "return": ("((", "))"), "back": ("((", "))")}
STYLES: Mapping[Look, str] = {
    "new": "stroke:#1a7346,stroke-width:3px",
    "changed": "stroke:#b45309,stroke-width:3px,stroke-dasharray:12 3 3 3",
    "removed": "stroke:#b42318,stroke-width:2px,stroke-dasharray:4 4",
    "finding": "stroke:#b45309,stroke-width:3px,stroke-dasharray:8 3",
    "unwalked": "stroke:#b45309,stroke-width:2px,stroke-dasharray:2 3",
    "partly": "stroke:#b45309,stroke-width:2px",
}
_PLAIN = re.compile(r"[^\w ,./()?!:%+=¥€£'·…-]", re.A)
_LIST = re.compile(r"^(\d+)\.|^([-+])")


def mermaid(graph: Graph, marks: Marks = NO_MARKS) -> str:
    """The flowchart, as the text of a file."""
    return "\n".join(_lines(graph, marks)) + "\n"


def _lines(graph: Graph, marks: Marks) -> Iterator[str]:
    found = list(links(graph, marks))
    names = _names(graph, marks)
    signs = ends(graph, found)
    of_signs = {key: f"e{n}" for n, key in enumerate(signs, 1)}
    yield "---"
    yield f"title: {_title(graph)}"
    yield "---"
    yield "flowchart LR"
    for card in graph.cards.values():
        yield "  " + _node(names[card.id], card)
    for ghost in ghosts(marks, graph):
        yield f"  {names[ghost.step]}[{quoted(line(ghost.step))}]"
    for (end, word), said in signs.items():
        opening, closing = ENDS.get(end, (">", "]"))
        yield f"  {of_signs[end, word]}{opening}{quoted(said)}{closing}"
    for link in found:
        target = of_signs[link.end, link.target] if link.end else names[link.target]
        arrow = "-.->" if link.tone == "give-up" else "-->"
        label = f"|{quoted(link.label)}|" if link.label else ""
        yield f"  {names[link.source]} {arrow}{label} {target}"
    yield from _classes(graph, marks, names)
    yield from (f"  linkStyle {n} {STYLES[link.look]}" for n, link in enumerate(found) if link.look is not None)


def _classes(graph: Graph, marks: Marks, names: Mapping[str, str]) -> Iterator[str]:
    marked: dict[Look, list[str]] = {}
    for id, look in looks(graph, marks):
        marked.setdefault(look, []).append(names[id])
    for look, those in marked.items():
        yield f"  classDef {look} {STYLES[look]}"
        yield f"  class {','.join(those)} {look}"


def _names(graph: Graph, marks: Marks) -> dict[str, str]:
    """A name for each card and ghost that no word of Mermaid's can be taken for: `end` would break the chart. It hangs
    on the name of the step, so that the text changes where the flow does."""
    names: dict[str, str] = {}
    for id in [*graph.cards, *(ghost.step for ghost in ghosts(marks, graph))]:
        kind = "s" if id not in graph.cards or graph.cards[id].is_step else "f"
        plain = f"{kind}_{re.sub(r'[^a-z0-9]+', '_', id).strip('_')}"
        names.setdefault(id, plain if plain not in names.values() else f"n{len(names)}")
    return names


def _node(name: str, card: Card) -> str:
    opening, closing = SHAPES[card.shape]
    return f"{name}{opening}{quoted(name_of(card))}{closing}"


def _title(graph: Graph) -> str:
    """The title as a text of YAML; signs that Mermaid looks for before it reads YAML are written by their numbers."""
    plain = json.dumps(line(graph.title or graph.flow), ensure_ascii=False)
    return plain.replace("<", "\\x3c").replace("%", "\\x25")


def quoted(text: str) -> str:
    """A text in quotes as Mermaid reads it, whatever is in it: what could be markup is written by its number."""
    listed = _LIST.sub(lambda found: f"{found[1]}#46;" if found[1] else f"#{ord(found[2])};", _escaped(line(text)))
    return f'"{listed or " "}"'


def _escaped(text: str) -> str:
    return _PLAIN.sub(lambda found: found[0] if ord(found[0]) > 127 else f"#{ord(found[0])};", text)
