"""Mermaid and DOT: whatever names and labels hold, the text is read as what was meant, by rules of this file's own."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from odd import ODD, drawn, yaml_text
from pictures import SHIPPED
from small import small_files

from ivr.drawing.dot import dot
from ivr.drawing.graph import Graph
from ivr.drawing.links import line, name_of
from ivr.drawing.marks import Ghost, Said, difference_marks, traffic_marks
from ivr.drawing.mermaid import mermaid
from ivr.flow.model import StepKey
from ivr.flow.release import read_files

FLOWS = Path(__file__).parents[2] / "flows"
TEXT = r'"((?:[^"`<>&;|\\{}\[\]#]|#\d+;)*)"'
"""What may stand in quotes in a flowchart: no sign that could begin markup, but by its number."""
BRACKETS = {"(": ")", "[": "]", "{": "}", "[[": "]]", "[(": ")]", "([": "])", ">": "]", "((": "))", "(((": ")))"}
NODE = re.compile(rf"  ([sfen][a-z0-9_]*)([(\[{{>]+){TEXT}([)\]}}]+)")
LINK = re.compile(rf"  ([sfn][a-z0-9_]*) (-->|-\.->)(?:\|{TEXT}\|)? ([sfen][a-z0-9_]*)")
STYLE = re.compile(r"  (?:classDef [a-z]+|linkStyle \d+) [a-z-]+:[^;]+|  class [a-z0-9_,]+ [a-z]+")
QUOTED = r'"((?:[^"\\]|\\["\\])*)"'
STATEMENT = re.compile(rf"  (?:graph|node|edge|{QUOTED}(?: -> {QUOTED})?) \[((?:{QUOTED}|[^\]\"])*)\];")


def chart(text: str) -> tuple[str, dict[str, str], list[tuple[str, str, str, str]]]:
    """The title, the nodes' texts by name and the links of a flowchart. Every line is one of those, or of a style."""
    begin, title, end, head, *rest = text.splitlines()
    assert (begin, end, head) == ("---", "---", "flowchart LR")
    nodes: dict[str, str] = {}
    links = []
    for each in rest:
        if found := NODE.fullmatch(each):
            assert BRACKETS[found[2]] == found[4] and found[1] not in nodes
            nodes[found[1]] = meant(found[3])
        elif found := LINK.fullmatch(each):
            links.append((found[1], found[2], meant(found[3] or ""), found[4]))
        else:
            assert STYLE.fullmatch(each), each
    assert {name for link in links for name in (link[0], link[3])} <= nodes.keys()
    assert "<" not in title and "%%" not in title
    return yaml.safe_load(title)["title"], nodes, links


def meant(text: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def statements(text: str) -> list[re.Match[str]]:
    """The statements of a DOT file, each of a line."""
    first, *rest, last = text.splitlines()
    assert re.fullmatch(rf"digraph {QUOTED} {{", first) and last == "}"
    found = [STATEMENT.fullmatch(each) for each in rest]
    assert all(found), [each for each, match in zip(rest, found, strict=True) if not match]
    return [match for match in found if match]


def shipped(flow: str, language: str = "zh-CN") -> Graph:
    return drawn(read_files(str(FLOWS)), flow, language)


def with_odd_names() -> Graph:
    """A menu with labels like that, and steps that are called like that."""
    texts = [yaml_text(odd) for odd in ODD]
    labels = [text for text in texts if "{" not in text][:9]
    choices = "".join(
        f"    {key}: {{is: c{key}, label: {{zh-CN: {odd}, en-US: {odd}}}, next: goodbye}}\n"
        for key, odd in enumerate(labels, 1)
    )
    steps = "".join(f"{odd}:\n  say: {{zh-CN: {odd}, en-US: x}}\n  next: goodbye\n" for odd in texts)
    return drawn(small_files(f"menu:\n  menu: {{zh-CN: 好, en-US: Well.}}\n  choices:\n{choices}{steps}"))


@pytest.mark.parametrize("flow", SHIPPED)
def test_every_way_out_is_a_link_with_its_key(flow: str) -> None:
    graph = shipped(flow)

    title, nodes, links = chart(mermaid(graph))

    assert title == graph.title
    assert len(links) == sum(len(card.rows) for card in graph.cards.values())
    assert [nodes[f"s_{card.id}"] for card in graph.cards.values() if card.is_step] == [
        name_of(card) for card in graph.cards.values() if card.is_step
    ]
    assert len([match for match in statements(dot(graph)) if match[2]]) == len(links)


def test_keys_shapes_and_give_ups_are_those_of_the_picture() -> None:
    text = mermaid(shipped("main"))

    assert '  s_menu -->|"3 投诉"| f_menu_complaint\n' in text
    assert '  s_menu("menu")\n' in text and '  s_person[["人工服务 · person"]]\n' in text
    assert '  s_emergency(["emergency · card_emergency"])\n' in text
    assert '  s_told{"told"}\n' in mermaid(shipped("complaint"))
    assert re.search(r'  s_menu -\.->\|"3.+"\| e\d\n', text)
    assert '"step menu" -> "step menu → complaint" [label="3 投诉"];' in dot(shipped("main"))


def test_markup_in_names_and_labels_is_text() -> None:
    graph = with_odd_names()
    cards = list(graph.cards.values())
    assert [card.title for card in cards[1:4]] == list(ODD[:3]) and len(cards[0].rows) > 9

    _, nodes, links = chart(mermaid(graph))
    found = statements(dot(graph))

    assert list(nodes.values())[: len(cards)] == [line(card.title) for card in cards]
    assert [link[2] for link in links[:3]] == [f"{key} {ODD[key - 1]}" for key in (1, 2, 3)]
    assert len([match for match in found if match[2]]) == len(links)


@pytest.mark.parametrize("odd", ODD)
def test_a_title_of_anything_is_a_title(odd: str) -> None:
    graph = drawn(
        small_files(other=f"flow: other\ntitle: {{en-US: {yaml_text(odd)}}}\nsteps: {{one: {{hangup: yes}}}}\n"),
        "other",
    )

    assert chart(mermaid(graph))[0] == line(odd)


def test_the_tools_draw_them_where_they_are_installed(tmp_path: Path) -> None:
    for graph in (shipped("main"), shipped("agent", "en-US"), with_odd_names()):
        if shutil.which("dot"):
            done = subprocess.run(["dot", "-Tplain"], input=dot(graph), capture_output=True, text=True, timeout=60)
            assert done.returncode == 0 and not done.stderr, done.stderr
            assert len(re.findall(r"^node ", done.stdout, re.M)) >= len(graph.cards)
        if shutil.which("mmdc"):
            drawn_as = tmp_path / "chart.svg"
            done = subprocess.run(
                ["mmdc", "-i", "-", "-o", str(drawn_as)],
                input=mermaid(graph),
                capture_output=True,
                text=True,
                timeout=120,
            )
            assert done.returncode == 0 and "Syntax error" not in drawn_as.read_text("utf-8"), done.stderr


def test_marks_are_in_the_text_too() -> None:
    graph = shipped("main")
    said = [
        Said("main", "menu", "", "changed", "投诉"),
        Said("main", "more", "", "new"),
        Said("main", "farewell", "", "removed"),
        Said("other", "menu", "", "new"),
    ]
    marks = difference_marks(said, [Ghost("main", "farewell", "say")])

    _, nodes, links = chart(mermaid(graph, marks))
    text = mermaid(graph, marks)

    assert nodes["s_farewell"] == "farewell"
    assert [f"  class {names}" for names in ("s_menu changed", "s_more new", "s_farewell removed")] == [
        each for each in text.splitlines() if each.startswith("  class ")
    ]
    complaint = next(n for n, link in enumerate(links) if link[3] == "f_menu_complaint")
    assert f"  linkStyle {complaint} stroke:#b45309" in text
    assert '"gone farewell" [label="farewell", shape=box, style=dashed, color="#b42318"' in dot(graph, marks)


def test_numbers_of_calls_stand_behind_the_words() -> None:
    graph = shipped("main")
    marks = traffic_marks({("main", "menu", "投诉"): 1234}, {StepKey("main", "menu"): 3})  # type: ignore[dict-item]

    assert '|"3 投诉 (1,234)"|' in mermaid(graph, marks).replace("#40;", "(")
    assert 'label="3 投诉 (1,234)"' in dot(graph, marks)
