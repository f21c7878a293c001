"""Flows as pictures, for tests: small and random ones, and what can be seen in their SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st
from small import small_files

from ivr.drawing.boxes import chip_width, tail
from ivr.drawing.build import View, graph_of
from ivr.drawing.graph import Graph
from ivr.drawing.material import Material, material
from ivr.drawing.placed import Placed, Route
from ivr.drawing.signs import CHIP_HEIGHT
from ivr.drawing.wires import wire
from ivr.flow.known import as_known
from ivr.flow.parse import parse
from ivr.flow.release import Files, read_files
from ivr.lint.findings import findings_of
from ivr.lint.partly import partly_compiled

FLOWS = Path(__file__).parents[2] / "flows"
SHIPPED = sorted(file.stem for file in FLOWS.glob("*.yaml") if file.stem not in ("hotline", "topics"))
SVG = "{http://www.w3.org/2000/svg}"


def material_of(files: Files, *, judged: bool = False) -> Material:
    """What can be drawn of files; `judged`: with what is wrong with them."""
    known = as_known(parse(files, as_meant=True))
    return material(known, partly_compiled(known), findings_of(files) if judged else ())


@cache
def shipped() -> Material:
    """The flows that come with the program."""
    return material_of(read_files(str(FLOWS)))


def graph(steps: str, language: str = "en-US", **flows: str) -> Graph:
    """The model of a small flow of these steps."""
    return graph_of(material_of(small_files(steps, **flows)), "main", View(language))


def elements(svg: str) -> ET.Element:
    """A picture's XML; an error where it is none."""
    return ET.fromstring(svg)


class Area(NamedTuple):
    """A rectangle in a picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether two overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and not (self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, x: float, y: float, spare: float = 0.6) -> bool:
        """Whether a point lies inside, not on the edge."""
        across = self.left + spare < x < self.right - spare
        return across and self.top + spare < y < self.bottom - spare


def cards(placed: Placed) -> dict[str, Area]:
    """Where each card is."""
    return {id: Area(b.x, b.y, b.x + b.w, b.y + b.h) for id, b in placed.boxes.items()}


def signs(placed: Placed) -> Iterator[Area]:
    """Where the chips and signs at the ends of rows are."""
    for id, box in placed.boxes.items():
        for at, row in enumerate(placed.graph.cards[id].rows):
            jump = placed.jump_title(id, at)
            taken = tail(row, jump)
            if taken:
                y, half = box.y + box.rows[at], CHIP_HEIGHT / 2
                word = jump or row.word
                width = 12 + chip_width(word) if word and taken > 30 else 27
                yield Area(box.x + box.w + 12, y - half, box.x + box.w + width, y + half)


def points(route: Route) -> Iterator[tuple[float, float]]:
    """Points along an arrow, as it is drawn."""
    path = re.search(r' d="([^"]*)"', wire(route))
    assert path
    x = y = 0.0
    for command, numbers in re.findall(r"([MHVC])([^MHVC]*)", path[1]):
        n = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
        before = x, y
        x = n[0] if command == "H" else x if command == "V" else n[-2]
        y = y if command == "H" else n[-1]
        if command == "C":
            yield from (_on_curve(before, n, at / 24) for at in range(25))
        elif command != "M":
            yield from ((before[0] + (x - before[0]) * k / 12, before[1] + (y - before[1]) * k / 12) for k in range(13))


def _on_curve(start: tuple[float, float], n: list[float], t: float) -> tuple[float, float]:
    s = 1 - t
    weights = s**3, 3 * s * s * t, 3 * s * t * t, t**3
    xs, ys = (start[0], *n[0::2]), (start[1], *n[1::2])
    return sum(w * x for w, x in zip(weights, xs, strict=True)), sum(w * y for w, y in zip(weights, ys, strict=True))


@st.composite
def flows(draw: st.DrawFn, most: int = 14) -> str:
    """The steps of a random flow, of every kind that leads anywhere."""
    count = draw(st.integers(1, most))
    names = [f"s{n}" for n in range(count)]
    ends = ["goodbye", "return", "return gone", "repeat", "back", "flow agent", "flow contact", "nowhere"]
    targets = st.sampled_from([*names, *names, *ends])
    words = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=60).map(lambda t: t.replace("{", ""))
    return "\n".join(_step(draw, name, targets, words) for name in names) + "\n"


def _step(draw: st.DrawFn, name: str, to: st.SearchStrategy[str], words: st.SearchStrategy[str]) -> str:
    said = quoted(draw(words))
    match draw(st.sampled_from(["say", "ask", "sort", "put", "desk", "through", "keep", "which", "number"])):
        case "say":
            return f"{name}:\n  say: {{zh-CN: {said}, en-US: {said}}}\n  next: {draw(to)}"
        case "ask":
            given_up = f"no_input: {{tries: {draw(st.integers(1, 2))}, next: {draw(to)}}}"
            return f"{name}:\n  yes_no: {{en-US: {said}}}\n  yes: {draw(to)}\n  no: {draw(to)}\n  {given_up}"
        case "sort":
            arm = f"- {{when: {{caller.phone: {{known: yes}}}}, next: {draw(to)}}}"
            return f"{name}:\n  branch:\n    {arm}\n    - {{next: {draw(to)}}}"
        case "put":
            return f"{name}:\n  set: {{phone: {{caller.phone}}}}\n  next: {draw(to)}"
        case "desk":
            return f"{name}:\n  transfer: agents\n  closed: {draw(to)}\n  otherwise: {draw(to)}\n  answered: {draw(to)}"
        case "through":
            return f"{name}:\n  run: contact\n  outcomes: {{none: {draw(to)}}}\n  next: {draw(to)}"
        case "keep":
            return f"{name}:\n  record: {{en-US: {said}}}\n  save: story\n  next: {draw(to)}"
        case "number":
            return f"{name}:\n  menu: {{en-US: {said}}}\n  scale: 1-5\n  next: {draw(to)}"
    choices = "".join(
        f"\n    {key}: {{label: {{en-US: {quoted(draw(words))}}}, next: {draw(to)}}}"
        for key in range(1, draw(st.integers(1, 5)) + 1)
    )
    return f"{name}:\n  menu: {{en-US: {said}}}\n  choices:{choices}"


def quoted(text: str) -> str:
    """A text as YAML reads it back."""
    return "'" + (text.strip() or "x").replace("'", "''") + "'"
