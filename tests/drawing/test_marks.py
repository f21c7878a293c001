"""Marks over a picture: which card and row each is on, and that nothing in the picture moves or breaks for them."""

from __future__ import annotations

import math
import re
from operator import mul
from pathlib import Path
from xml.etree import ElementTree

import pytest
from odd import ODD, drawn, yaml_text
from small import small_files
from test_svg import contrast

from ivr.drawing import style
from ivr.drawing.graph import Graph
from ivr.drawing.mark_signs import DARK, LIGHT, RULES
from ivr.drawing.marks import (
    ExitKey,
    Ghost,
    Marks,
    Said,
    difference_marks,
    finding_marks,
    traffic_marks,
    unwalked_marks,
    visits,
)
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg
from ivr.flow.model import StepKey
from ivr.flow.release import read_files

SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = ("m-n", "m-foot", "m-lost")
FLOWS = Path(__file__).parents[2] / "flows"


@pytest.fixture(scope="module")
def main() -> Graph:
    return drawn(read_files(str(FLOWS)))


def cards(picture: str) -> list[str]:
    return re.findall(r'id="[^"]*" transform="translate\([^)]*\)"', picture)


def number(text: ElementTree.Element) -> int:
    """The number a text begins with."""
    found = re.match(r"\+?([\d,]+)", text.text or "")
    assert found is not None, text.text
    return int(found[1].replace(",", ""))


def every_mark(graph: Graph) -> list[Marks]:
    """Each kind of marks on all cards and rows, with words of any kind."""
    rows = [(card.id, exit) for card in graph.cards.values() for row in card.rows for exit in row.exits]
    odd = [
        Said(graph.flow, step, ODD[n % len(ODD)], "changed", exit, "a.yaml:1") for n, (step, exit) in enumerate(rows)
    ]
    ghosts = [Ghost(graph.flow, name, "say") for name in ODD]
    taken = {ExitKey(graph.flow, step, exit): n * 1000 for n, (step, exit) in enumerate(rows)}
    left = {StepKey(graph.flow, step): 12345 for step, _ in rows}
    return [
        difference_marks(odd, ghosts, ODD[1]),
        finding_marks([said._replace(look="finding") for said in odd], ODD[2]),
        unwalked_marks([said._replace(look="unwalked") for said in odd], graph, ODD[3]),
        traffic_marks(taken, left, ODD[-1]),
    ]


def test_nothing_moves_for_any_mark(main: Graph) -> None:
    at = placed(main)
    plain = svg(at)

    for marks in every_mark(main):
        marked = svg(at, marks)
        assert cards(marked) == cards(plain)
        assert 'class="m-' in marked and 'class="m-' not in plain


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_words_of_any_kind_break_no_picture(language: str) -> None:
    steps = "".join(f"{yaml_text(odd)}:\n  say: {{zh-CN: 好, en-US: x}}\n  next: goodbye\n" for odd in ODD)
    graph = drawn(small_files(steps), language=language)

    for marks in every_mark(graph):
        root = ElementTree.fromstring(svg(placed(graph), marks))
        kinds = {each.tag.rsplit("}", 1)[1] for each in root.iter()}
        assert kinds <= {"svg", "style", "title", "g", "rect", "path", "circle", "text"}


def test_the_numbers_of_every_card_add_up(main: Graph) -> None:
    others = {ExitKey("main", step, exit): 90 for step in main.cards for exit in ("shortcut 0", "gone_since")}
    marks = traffic_marks({**every_mark(main)[3].taken, **others}, every_mark(main)[3].left)

    root = ElementTree.fromstring(svg(placed(main), marks))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("transform") and group.find(".//*[@id]") is None]
    numbers = [[number(text) for text in group.iter(f"{SVG}text") if text.get("class") in NUMBERS] for group in groups]

    found = [each for each in numbers if len(each) > 4]
    assert len(found) > 4 and [each[0] for each in found] == [sum(each[1:]) for each in found]


def test_no_ribbon_is_wider_than_the_busiest_way() -> None:
    graph = drawn(small_files("one:\n  hangup: {zh-CN: 好, en-US: Well.}\n"), "complaint")

    widths = re.findall(r'class="m-hot [^"]*" stroke-width="([^"]*)"', svg(placed(graph), every_mark(graph)[3]))

    assert widths and max(map(float, widths)) == 18.0


def test_the_same_marks_give_the_same_bytes(main: Graph) -> None:
    for first, second in zip(every_mark(main), every_mark(main), strict=True):
        assert svg(placed(main), first) == svg(placed(main), second)


def test_a_step_is_new_even_if_its_exits_are(main: Graph) -> None:
    said = [
        Said("main", "more", "", "new"),
        Said("main", "more", "", "changed", "yes"),
        Said("main", "menu", "", "new", "投诉"),
    ]

    marks = difference_marks(said)

    assert marks.look("main", "more") == "new" and marks.look("main", "menu") == "changed"
    assert marks.look("other", "more") is None
    row = main.leading_from("menu", "投诉")
    assert row is not None and marks.row_look("main", "menu", row) == "new"


@pytest.mark.parametrize(("marks", "theme"), [(LIGHT, style.LIGHT), (DARK, style.DARK)], ids=["light", "dark"])
def test_marks_can_be_told_from_what_they_stand_on(marks: dict[str, str], theme: dict[str, str]) -> None:
    assert {(name, on): contrast(marks[name], theme[on]) >= 4.5 for name in marks for on in ("bg", "card")} == {
        (name, on): True for name in marks for on in ("bg", "card")
    }
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)px", RULES)) >= 11


# Machado, Oliveira and Fernandes 2009: how those see who lack a cone, in linear RGB.
SEEN = {
    "by most": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "without red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "without green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "without blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def lab(colour: str, seen: str) -> tuple[float, float, float]:
    """A colour as somebody sees it, in CIE L*a*b*."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    red, green, blue = (min(1.0, max(0.0, sum(map(mul, each, linear)))) for each in SEEN[seen])
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x / 0.9505, y, z / 1.0888))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize(("marks", "theme"), [(LIGHT, style.LIGHT), (DARK, style.DARK)], ids=["light", "dark"])
@pytest.mark.parametrize("seen", SEEN)
def test_what_changed_is_not_taken_for_a_decision(marks: dict[str, str], theme: dict[str, str], seen: str) -> None:
    """A difference of 2 can be seen side by side; 20 are two colours for whoever looks."""
    assert math.dist(lab(marks["m-warn"], seen), lab(theme["cut"], seen)) >= 18


def test_every_look_of_an_outline_has_a_pattern_of_its_own() -> None:
    looks = ("new", "changed", "removed", "finding", "unwalked")
    dashes = {look: re.findall(rf"m-{look}>.m-frame{{{{?stroke-dasharray:([\d ]+)", RULES) for look in looks}

    assert dashes.pop("new") == [], "a plain line"
    assert all(len(each) == 1 for each in dashes.values())
    assert len({each[0] for each in dashes.values()}) == len(dashes)


def test_what_is_walked_in_part_has_half_a_ring(main: Graph) -> None:
    said = [
        Said("main", "more", "", "unwalked", "yes"),
        Said("main", "more", "", "partly", "no"),
        Said("main", "more", "", "unwalked", "no_match 1"),
        Said("main", "menu", "", "unwalked", "no_match"),
        Said("main", "emergency_phone", "", "unwalked", "confirm no"),
    ]

    marks = unwalked_marks(said, main)

    looks = {exit: marks.row_look("main", step, row) for step, exit in (
        ("more", "yes"), ("more", "no"), ("more", "no_match"), ("menu", "no_match"), ("menu", "投诉"),
    ) if (row := main.leading_from(step, exit))}  # fmt: skip
    assert looks == {"yes": "unwalked", "no": "partly", "no_match": "partly", "投诉": None}, "silence is walked"
    assert marks.look("main", "emergency_phone") == "unwalked"


def test_a_card_counts_what_left_it_or_what_led_to_it(main: Graph) -> None:
    taken = {ExitKey("main", "menu", "长者服务"): 7, ExitKey("main", "menu", "shortcut 0"): 2}
    marks = traffic_marks(taken, {StepKey("main", "menu"): 1})

    counts = visits(main, marks)

    assert (counts["menu"], counts["elderly"], counts["more"]) == (10, 7, 0)
    assert marks.by_keys("main", "menu") == {"0": 2}
