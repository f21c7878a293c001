"""Pictures of flows with errors: all that is known is drawn, and what is wrong is marked at the row it is about."""

from __future__ import annotations

import math
import re

import pytest
from pictures import SVG, elements, graph_of, material_of
from small import small_files

from ivr.drawing.build import View
from ivr.drawing.graph import Card, Graph, Row
from ivr.drawing.marks import Said, difference_marks
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg
from ivr.flow.known import as_known
from ivr.flow.model import StepKey
from ivr.flow.parse import parse

MENU = """
menu:
  menu: {zh-CN: 请选, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 卡, en-US: cards}, next: told}
    %s
    3: {label: {zh-CN: 别的, en-US: others}, next: goodbye}
told:
  say: {zh-CN: 好, en-US: Well.}
  next: goodbye
"""


def picture(steps: str, flow: str = "main", *, judged: bool = True, **flows: str) -> Graph:
    """The model of a flow, with what lint says of it."""
    return graph_of(material_of(small_files(steps, **flows), judged=judged), flow, View("en-US"))


def row(card: Card, key: str = "", label: str = "") -> Row:
    """The row with a key, or of a label."""
    return next(row for row in card.rows if (row.key == key if key else row.label == label))


@pytest.mark.parametrize(
    ("choice", "label", "leads", "end", "word"),
    [
        ("2: {label: {en-US: loans}, next: 12 34}", "loans", "", "missing", "12_34"),
        ("2: {label: {en-US: loans}, next: nowhere}", "loans", "", "missing", "nowhere"),
        ("2: {label: {en-US: loans}}", "loans", "", "missing", "not written"),
        ("2: {label: loans, next: told}", "loans", "told", "", "told"),
        ("2: {label: {en-US: loans}, next: told, words: {en-US: 5}}", "loans", "told", "", "told"),
        ("2: {next: told}", "…", "told", "", "told"),
        ("2: told", "", "told", "", "told"),
        ("22: {label: {en-US: loans}, next: told}", "loans", "told", "", "told"),
    ],
)
def test_one_bad_choice_costs_no_more_than_its_row(choice: str, label: str, leads: str, end: str, word: str) -> None:
    card = picture(MENU % choice).cards["menu"]

    bad = row(card, choice.split(":")[0])
    assert (card.shape, list(card.words)) == ("rounded", ["Choose."])
    assert (bad.label, bad.leads, bad.end, bad.word) == (label, leads, end, word)
    assert bad.problems and card.problems
    others = [each for each in card.rows if each is not bad]
    assert [each.label for each in others][:2] == ["cards", "others"] and not any(each.problems for each in others)


def test_rows_with_problems_have_a_sign_of_their_own() -> None:
    root = elements(svg(placed(picture(MENU % "2: {label: {en-US: loans}, next: nowhere}"))))

    marks = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}circle[@class='find']") is not None]
    assert len(marks) == 2 and all("nowhere" in (mark[0].text or "") for mark in marks)


def test_no_mark_of_an_edit_hides_that_of_a_problem() -> None:
    at = placed(picture(MENU % "2: {label: {en-US: loans}, next: nowhere}"))
    box = at.boxes["menu"]
    exit = next(row.exits[0] for row in at.graph.cards["menu"].rows if row.key == "2")

    drawn = svg(at, difference_marks([Said("main", "menu", "", "changed"), Said("main", "menu", "", "new", exit)]))

    discs = [(float(x), float(y)) for x, y in re.findall(r'm-disc" cx="([^"]*)" cy="([^"]*)"', drawn)]
    problems = [(box.w - 8, -4.0), (0.0, box.rows[1])]
    assert len(discs) == 2
    assert all(math.dist(one, other) >= 16.5 for one in discs for other in problems)


def test_what_is_wrong_with_a_give_up_or_an_arm_stands_at_its_row() -> None:
    drawn = picture("""
    ask:
      yes_no: {zh-CN: 好吗, en-US: Well?}
      yes: sort
      no: goodbye
      no_input: {tries: many, next: sort}
      no_match: {tries: 2, next: goodbye}
    sort:
      branch:
        - {when: {caller.phone: {knwn: yes}}, next: goodbye}
        - {next: return}
    """)

    wrong = {(card.id, at) for card in drawn.cards.values() for at, row in enumerate(card.rows) if row.problems}
    silent = next(at for at, row in enumerate(drawn.cards["ask"].rows) if "no_input" in row.exits)
    assert wrong == {("ask", silent), ("sort", 0)}


def test_a_flow_that_is_not_there_is_marked_where_it_is_gone_through_or_to() -> None:
    drawn = picture(
        """
    through:
      run: gone_through
      next: ask
    ask:
      yes_no: {zh-CN: 好吗, en-US: Well?}
      yes: flow gone_to
      no: goodbye
      no_input: {tries: 2, next: flow gone_to}
    """,
        judged=False,
    )

    lost = {card.title: tuple(card.problems) for card in drawn.cards.values() if card.lost}
    assert lost == {name: (f"there is no flow {name}",) for name in ("gone_through", "gone_to")}
    assert all(row.end != "flow" for row in drawn.cards["ask"].rows if "no_input" in row.exits)
    styles = [group.attrib["class"] for group in elements(svg(placed(drawn))).iter(f"{SVG}g") if group.get("id")]
    assert styles.count("double lost") == 1 and styles.count("flag lost") == 1


def test_a_step_nobody_could_read_still_shows_what_its_author_wrote() -> None:
    drawn = picture("""
    first:
      telephone: agents
      next: second
    second:
      menu: {zh-CN: 请选, en-US: Choose.}
      choices: {1: {next: third}}
      scale: 1-5
    third:
      case: nonsense
      with: [phone]
      next: first
    """)

    cards = [drawn.cards[name] for name in ("first", "second", "third")]
    assert [(card.shape, card.kind, list(card.words)) for card in cards] == [
        ("unknown", "", ["agents"]),
        ("unknown", "menu", ["Choose."]),
        ("unknown", "case", ["nonsense"]),
    ]
    assert [[(row.key, row.leads, row.end) for row in card.rows] for card in cards] == [
        [("", "second", "")], [("1", "third", "")], [("", "first", "loop")],
    ]  # fmt: skip
    assert all(row.problems for card in cards for row in card.rows)


def test_a_flow_without_a_title_is_drawn_by_the_name_of_its_file() -> None:
    drawn = picture("", "odd", odd="steps:\n  one:\n    say: {en-US: x}\n    next: goodbye\n")

    assert (drawn.flow, drawn.title, list(drawn.cards)) == ("odd", "odd", ["one"])


def test_of_a_file_that_is_no_yaml_the_rest_is_drawn() -> None:
    drawn = picture(MENU % "2: {label: {en-US: loans}, next: [told")

    menu = drawn.cards["menu"]
    assert [card.shape for card in drawn.cards.values()] == ["rounded", "bubble"]
    assert [each.label for each in menu.rows[:2]] == ["cards", "others"]
    assert (row(menu, "2").end, row(menu, "2").word) == ("missing", "not written") and row(menu, "2").problems
    assert menu.problems and not drawn.cards["told"].problems


def test_what_is_known_of_sound_files_is_all_of_them() -> None:
    parsed = parse(small_files())

    known = as_known(parsed)

    assert known.parsed.flows == parsed.flows and not known.left_out


def test_what_is_left_out_of_a_step_is_told_with_its_place() -> None:
    known = as_known(parse(small_files(MENU % "2: told"), as_meant=True))

    assert known.left_out[StepKey("main", "menu")] == [(("choices", "2"), "told")]
    assert list(known.parsed.flows["main"].steps) == ["menu", "told"]
