"""A picture as a file: well-formed whatever stands in the flow, readable in both themes, its texts in their rooms."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pictures import SVG, elements, graph, graph_of, material_of, quoted, shipped
from small import small_files

from ivr.drawing.build import View
from ivr.drawing.measure import cut, familiar, measure, plain, wrap
from ivr.drawing.placing import placed
from ivr.drawing.style import DARK, LIGHT, RULES, css
from ivr.drawing.svg import svg

MARKUP = "]]></style></title><script>alert(1)</script>\"'&amp;<!--"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x85\u2028\u2029"), max_size=200)
DRAWN = {"svg", "style", "title", "rect", "path", "circle", "text", "g"}
TEXT_COLOURS = ("ink", "dim", "rounded", "cut", "folded", "pill", "double", "unknown", "warn")


def asking(label: str) -> str:
    """A menu with a label."""
    choice = f"{{label: {{en-US: {quoted(label)}}}, next: first}}"
    return f"first:\n  menu: {{en-US: {quoted(label)}}}\n  choices:\n    1: {choice}\n"


@settings(max_examples=60, deadline=None)
@given(TEXTS)
@example(MARKUP)
@example("\u202etxt.exe\u2066 עברית \ufdfd \U0001f469\u200d\U0001f467 Z\u0351\u036b" * 5)
def test_no_text_breaks_out(text: str) -> None:
    drawn = graph("first:\n  say: {en-US: x}\n  next: goodbye\n")
    card = drawn.cards["first"]
    drawn.title = card.title = card.about = card.rows[0].label = plain(text)
    card.words, card.whole, card.problems = (plain(text),), text, (text,)
    card.rows[0].end, card.rows[0].word = "loop", plain(text)

    root = elements(svg(placed(drawn)))

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    assert all(name in ("lang", "class", "id") or not name.startswith("on") for e in root.iter() for name in e.attrib)
    assert (
        max(float(element.get("width", 0)) for element in root.iter(f"{SVG}rect") if element.get("class") == "chip")
        < 200
    )


def test_markup_of_a_file_is_text() -> None:
    root = elements(svg(placed(graph(asking(MARKUP)))))

    assert any((text.text or "").startswith("]]></style>") for text in root.iter(f"{SVG}text"))
    assert not list(root.iter(f"{SVG}script"))


@given(st.text(max_size=80), st.floats(20, 400))
def test_what_is_cut_fits(text: str, room: float) -> None:
    shown = cut(plain(text), 12, room)

    assert measure(shown, 12) <= room
    assert shown == plain(text) or shown.endswith("…")


@given(st.text(max_size=200), st.integers(1, 3))
def test_lines_fit(text: str, most: int) -> None:
    lines = wrap(plain(text), 12, 200, most)

    assert len(lines) <= most
    assert all(measure(line, 12) <= 200 + 12.01 for line in lines)
    assert "".join(lines).replace(" ", "").rstrip("…") in plain(text).replace(" ", "") or "…" in "".join(lines)


def test_lines_are_broken_between_words_and_between_characters() -> None:
    assert wrap("We will call you back soon", 12, 90, 3) == ["We will call", "you back soon"]
    assert wrap("现在是非工作时间，人工服务将于明天开始。", 12, 100, 2) == ["现在是非工作时间，", "人工服务将于明…"]


def test_scripts_of_unknown_width_are_clipped() -> None:
    assert familiar("Grüße 您好, Ελλάδα → 1–5")
    assert not familiar("\ufdfd") and not familiar("Z\u0351") and not familiar("😀")

    root = elements(svg(placed(graph(asking("\ufdfd" * 20)))))

    assert [part for part in root.iter(f"{SVG}svg") if part.get("overflow") == "hidden"]


def test_it_says_what_it_is_to_whoever_cannot_see_it() -> None:
    root = elements(svg(placed(graph_of(shipped(), "main", View("en-US")))))
    named = [card for card in root.iter(f"{SVG}g") if card.get("id")]

    assert (root.get("role"), root.get("aria-label"), root.get("lang")) == ("img", "Front door", "en-US")
    assert root[0].tag == f"{SVG}title" and root[0].text == "Front door"
    assert len(named) == len(shipped().flows["main"].steps) + 3
    assert all(card[0].tag == f"{SVG}title" and card[0].text for card in named)


def luminance(colour: str) -> float:
    """As WCAG 2.2 counts it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_told_from_what_they_stand_on(theme: dict[str, str]) -> None:
    for ground in ("bg", "card"):
        assert {name: contrast(theme[name], theme[ground]) >= 4.5 for name in TEXT_COLOURS} == dict.fromkeys(
            TEXT_COLOURS, True
        )
        assert contrast(theme["wire"], theme[ground]) >= 3
    assert contrast(theme["keyink"], theme["key"]) >= 4.5
    assert contrast(theme["keyink"], theme["warn"]) >= 4.5


def test_no_text_is_smaller_than_eleven_pixels() -> None:
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)px", RULES)) >= 11
    assert LIGHT.keys() == DARK.keys()


def test_the_style_needs_nothing_from_elsewhere() -> None:
    assert "url(" not in css() and "@import" not in css()
    assert "prefers-color-scheme:dark" in css()


def test_problems_are_marked_where_they_are() -> None:
    files = small_files("first:\n  say: {en-US: Hello}\n  next: nowhere\nbroken: {42: x}\nlast: {say: {en-US: Bye}}\n")
    drawn = graph_of(material_of(files, judged=True), "main", View("en-US"))

    assert drawn.cards["first"].rows[0].end == "missing"
    assert [(id, card.shape) for id, card in drawn.cards.items()] == [
        ("first", "bubble"), ("broken", "unknown"), ("last", "bubble"),
    ]  # fmt: skip
    assert all(card.problems for card in drawn.cards.values())
    marks = [e for e in elements(svg(placed(drawn))).iter(f"{SVG}circle") if e.get("class") == "find"]
    assert len(marks) == 3


def test_a_hotline_that_cannot_be_read_does_not_keep_its_flows_from_being_drawn() -> None:
    files = {**small_files(), "hotline.yaml": b"hotline: [\n"}
    drawn = graph_of(material_of(files), "main", View("en-US"))

    assert ET.fromstring(svg(placed(drawn))) is not None
    assert list(drawn.cards)


@st.composite
def edits(draw: st.DrawFn) -> dict[str, bytes]:
    """The small hotline after a few slips of the keyboard."""
    files = {name: raw.decode().split("\n") for name, raw in small_files().items()}
    for _ in range(draw(st.integers(1, 3))):
        lines = files[draw(st.sampled_from(sorted(files)))]
        at = draw(st.integers(0, len(lines) - 1))
        slip = draw(st.sampled_from(["gone", "twice", "deeper", "no key", "a sign"]))
        match slip:
            case "gone":
                del lines[at:]
            case "twice":
                lines.insert(at, lines[at])
            case "deeper":
                lines[at] = f"  {lines[at]}"
            case "no key":
                lines[at] = lines[at].replace(":", " ", 1)
            case _:
                lines[at] += draw(st.sampled_from(list("{}[]:,\"'#x1")))
        lines.append("")
    return {name: "\n".join(lines).encode() for name, lines in files.items()}


@settings(max_examples=60, deadline=None)
@given(edits())
def test_whatever_can_be_read_of_a_flow_is_drawn(files: dict[str, bytes]) -> None:
    material = material_of(files)

    for name, flow in material.flows.items():
        drawn = graph_of(material, name, View("zh-CN", frozenset({"all"})))
        assert [id for id, card in drawn.cards.items() if card.is_step] == list(flow.steps)
        elements(svg(placed(drawn)))
