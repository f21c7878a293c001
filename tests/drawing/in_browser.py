"""Texts fit their rooms as a browser draws them. `make test-browser` runs it: `make test` needs no browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import widths
from odd import ODD, yaml_text
from pictures import SHIPPED, material_of, shipped
from rooms import Roomed, rooms
from small import small_files

from ivr.drawing.build import View, graph_of
from ivr.drawing.placed import Placed
from ivr.drawing.placing import placed
from ivr.drawing.style import FONT
from ivr.drawing.svg import svg

LANGUAGES = ("zh-CN", "en-US")
FONTS = (FONT, '"Noto Sans CJK SC"')
"""What a picture asks for, and what a plain Debian has of it."""
HOSTILE = (
    *ODD, "_" * 60, "J|`" * 40, "§±·×" * 30, "‰" * 40, "W" * 60, "m" * 60, "@%" * 30,
    "WAVE MOM & QUO" * 6, "i" * 120, "，。！" * 30, "（）【】" * 20, "ＷＭ" * 40,
    "ÄÖÜŴ" * 20, "ЩЖЮ" * 30, "ΩΨΜ" * 30, "→⇒∑√" * 20, "が한글カナ" * 20, "\ufdfd" * 9, "Z\u0351\u036b" * 30, "W", "國",
)  # fmt: skip


ROUNDED = 0.1
"""Coordinates in a file are a tenth of a pixel exact."""


def said(chinese: str, english: str) -> str:
    """A text in both languages, as YAML."""
    return f"{{zh-CN: {yaml_text(chinese)}, en-US: {yaml_text(english)}}}"


def sixty_steps() -> str:
    """A flow of sixty steps: questions, menus, transfers; arrows on and back, chips, returns and ends of the call."""
    kinds = (
        "say: {said}\n  next: {next}",
        "menu: {said}\n  choices:\n    1: {{label: {label_1}, next: {next}}}\n"
        "    2: {{label: {label_2}, next: {far}}}\n    3: {{label: {label_3}, next: return}}",
        "yes_no: {said}\n  yes: {next}\n  no: {back}\n  no_input: {{tries: 2, next: {far}}}",
        "transfer: agents\n  closed: {next}\n  otherwise: {far}\n  answered: goodbye",
        "set: {{phone: {{caller.phone}}}}\n  next: {next}",
        "branch:\n    - {{when: {{caller.phone: {{known: yes}}}}, next: {next}}}\n    - {{next: {far}}}",
    )
    steps = []
    for at in range(60):
        words = said(
            f"第{at}步：请听清楚以后再按键，谢谢您的耐心。", f"Step {at}: please listen to all of it, then press a key."
        )
        labels = {
            f"label_{n}": said(f"选项{n}，信用卡和贷款，第{at}步", f"Choice {n}, credit cards and loans of {at}")
            for n in (1, 2, 3)
        }
        to = {"next": f"step_{at + 1}" if at < 59 else "goodbye", "far": f"step_{(at * 7 + 11) % 60}"}
        step = kinds[at % len(kinds)].format(said=words, **labels, back=f"step_{max(at - 4, 0)}", **to)
        steps.append(f"step_{at}:\n  {step}\n")
    return "".join(steps)


def hostile(words: str) -> str:
    """A flow that says, asks, offers and is named by words of any kind; a chip, a return and a missing step too."""
    text, name = said(words, words), yaml_text(words[:60])
    ways = (name, "first", "return", "return again", "nowhere", "goodbye", name)
    choices = "".join(f"\n    {key}: {{label: {text}, next: {to}}}" for key, to in enumerate(ways, 1))
    return f"first:\n  menu: {text}\n  choices:{choices}\n{name}:\n  say: {text}\n  next: {name}\n"


def pictures(language: str) -> list[Placed]:
    """Every picture that is measured, in a language."""
    opened = View(language, frozenset({"all"}))
    found = [graph_of(shipped(), flow, view) for flow in SHIPPED for view in (View(language), opened)]
    for steps in (sixty_steps(), *map(hostile, HOSTILE)):
        found.append(graph_of(material_of(small_files(steps), judged=True), "main", opened))
    return [placed(graph) for graph in found]


def too_wide(drawn: list[Placed], folder: Path, style: str = "") -> list[str]:
    """The texts that are wider than their rooms, and by how much, as a browser draws them."""
    wanted = [each for picture in drawn for each in rooms(picture)]
    measured = widths([svg(picture) for picture in drawn], folder, style)
    assert len(measured) == len(wanted) > 1000
    pairs = list(zip(wanted, (width for _, width in measured), strict=True))
    assert [" ".join(words.split()) for words, _ in measured] == [" ".join(each.words.split()) for each in wanted]
    return [
        f"{over:.1f} px: {each.style} {each.words}" for each, width in pairs if (over := _over(each, width)) > ROUNDED
    ]


def _over(text: Roomed, width: float) -> float:
    return min(width, text.clip) - text.room


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_its_room(language: str, font: str, tmp_path: Path) -> None:
    assert not too_wide(pictures(language), tmp_path, f".p text{{font-family:{font}}}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wider_font_would_be_noticed(language: str, tmp_path: Path) -> None:
    assert len(too_wide(pictures(language), tmp_path, ".p text{letter-spacing:1.5px}")) > 100
