"""The texts of a picture and the room each may take: to the edge of its card, its key, its chip, or the next word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from pictures import SVG, elements

from ivr.drawing.boxes import SMALL, Box
from ivr.drawing.measure import measure, plain
from ivr.drawing.placed import Placed
from ivr.drawing.shapes import BESIDE_SIDES, SIDE
from ivr.drawing.svg import MARGIN, svg

_AFTER_RETURN = 6.0
"""What a layout keeps free behind the word of a return, beside the width it reckons with."""
_ARROW_DOWN = 3.5
"""Half of the arrow at the end of a row that leads to the card below."""
_EDGE = 3.0
"""Where a card's outline begins, seen from inside."""
_Element = ElementTree.Element


class Roomed(NamedTuple):
    """A text, the room it has, and how wide it can be at most: a clipped one no wider than its clip."""

    words: str
    style: str
    room: float
    clip: float = float("inf")


def rooms(placed: Placed) -> list[Roomed]:
    """The texts of a picture in the order of its file. Every one has a room, or this fails."""
    root = elements(svg(placed))
    boxes = dict(_boxes(placed))
    found = [*_headings(root)]
    found += [each for part in root if part.tag == f"{SVG}g" for each in _inside(part, boxes, None)]
    assert len(found) == len(list(root.iter(f"{SVG}text")))
    return found


def _boxes(placed: Placed, path: str = "") -> Iterator[tuple[str, Box]]:
    """The boxes of all cards by the id they have in the file, those of opened flows too."""
    path = f"{path}{placed.graph.flow}."
    for card, box in placed.boxes.items():
        yield plain(f"{path}{card}"), box
    for card, inner in placed.inner.items():
        yield from _boxes(inner, f"{path}{card}/")


def _headings(root: _Element) -> Iterator[Roomed]:
    for part in root:
        if part.tag in (f"{SVG}text", f"{SVG}svg"):
            yield _roomed(part, float(root.attrib["width"]) - MARGIN)


def _inside(group: _Element, boxes: Mapping[str, Box], card: tuple[str, Box] | None) -> Iterator[Roomed]:
    """The texts in a group; `card`: the shape and the box of the card around it."""
    if "id" in group.attrib:
        card = (group.attrib["class"].split()[0], boxes[group.attrib["id"]])
    parts = list(group)
    for at, part in enumerate(parts):
        if part.tag == f"{SVG}g":
            yield from _inside(part, boxes, card)
        elif part.tag in (f"{SVG}text", f"{SVG}svg"):
            assert card is not None, ElementTree.tostring(part)
            yield _in_card(part, parts[:at], parts[at + 1 :], card)


def _in_card(part: _Element, before: list[_Element], after: list[_Element], card: tuple[str, Box]) -> Roomed:
    """A text with its room, by what it stands in, behind and before."""
    (shape, box), words = card, _text(part)
    style, x = words.attrib["class"], float(part.get("x", 0))
    if style == "k":
        return _roomed(part, x + float(before[-1].attrib["width"]) - 4)
    if style == "findt":
        return _roomed(part, x + 2 * float(before[-1].attrib["r"]))
    if style == "i ic":
        return _roomed(part, x + 18)
    if style == "t":
        side = 14 if shape == "flag" else BESIDE_SIDES.get(shape, SIDE)  # type: ignore[call-overload]
        about = after[0] if after and after[0].tag in (f"{SVG}text", f"{SVG}svg") else None
        beside = about is not None and _text(about).get("class") == "g" and _line(about) == _line(part)
        return _roomed(part, float(about.attrib["x"]) if about is not None and beside else box.w - side)
    if x > box.w:
        return _roomed(part, _sign_ends(words, before, x))
    arrow = after[0] if after and after[0].get("class") == "dn" else None
    return _roomed(
        part, float(arrow.attrib["d"][1:].split(" ")[0]) - _ARROW_DOWN if arrow is not None else box.w - _EDGE
    )


def _sign_ends(words: _Element, before: list[_Element], x: float) -> float:
    """Where the chip around a word ends, or what is kept free for the word of a return."""
    chip = next((each for each in before if each.get("class", "").startswith("chip")), None)
    if chip is not None:
        return float(chip.attrib["x"]) + float(chip.attrib["width"]) - 6
    return x + measure(words.text or "", SMALL) + _AFTER_RETURN


def _text(part: _Element) -> _Element:
    return part if part.tag == f"{SVG}text" else part[0]


def _line(part: _Element) -> float:
    """The height of the line a text stands on."""
    return round(float(part.attrib["y"]) + (float(_text(part).attrib["y"]) if part.tag == f"{SVG}svg" else 0), 1)


def _roomed(part: _Element, ends: float) -> Roomed:
    words = _text(part)
    clip = float(part.attrib["width"]) if part.tag == f"{SVG}svg" else float("inf")
    return Roomed(words.text or "", words.attrib["class"], ends - float(part.get("x", 0)), clip)
