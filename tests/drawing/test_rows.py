"""The rows of a card: what stands in them, and what shares one."""

from __future__ import annotations

import pytest
from pictures import graph, graph_of, material_of, shipped
from small import small_files

from ivr.drawing.build import View
from ivr.drawing.graph import Graph
from ivr.drawing.placing import placed
from ivr.steps.kinds import KINDS

RECORDED = """
story:
  record: {en-US: Speak.}
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 3, next: return}
  next: return done
"""
DESK = """
desk:
  transfer: agents
  closed: %s
  otherwise: %s
"""


def rows(drawn: Graph, card: str) -> list[tuple[str, str, str]]:
    """Of a card's rows key, label and where each leads."""
    return [(row.key, row.label, row.leads or row.end) for row in drawn.cards[card].rows]


def main(language: str) -> Graph:
    return graph_of(shipped(), "main", View(language))


def test_a_menu_has_its_keys_and_labels_in_the_language_of_the_picture() -> None:
    assert rows(main("en-US"), "menu")[2:] == [
        ("3", "a complaint", "menu → complaint"),
        ("4", "feedback", "menu → feedback"),
        ("5", "senior services", "elderly"),
        ("", "silent or unclear 3× → A person", "flow"),
    ]
    assert rows(main("zh-CN"), "menu")[-2:] == [
        ("5", "长者服务", "elderly"),
        ("", "3次不出声或没听懂 → 人工服务", "flow"),
    ]


def test_a_scale_is_one_row() -> None:
    drawn = graph("rate:\n  menu: {en-US: Rate us.}\n  scale: 1-5\n  next: goodbye\n")

    assert rows(drawn, "rate")[0] == ("1–5", "a number", "goodbye")
    assert drawn.cards["rate"].rows[0].exits == ("1", "2", "3", "4", "5")


def test_outcomes_that_mean_one_thing_share_a_row_where_they_lead_to_one_place() -> None:
    apart = graph(DESK % ("return", "return no"))
    together = graph(DESK % ("goodbye", "return"))

    assert [row[1] for row in rows(apart, "desk")] == ["answered", "not reached", "closed"]
    assert [row[1] for row in rows(together, "desk")] == ["answered / closed", "not reached"]


def test_give_ups_are_dim_and_those_of_one_place_stand_together() -> None:
    drawn = graph(RECORDED)

    assert [(row.label, row.tone, row.end) for row in drawn.cards["story"].rows] == [
        ("message left", "way", "return"),
        ("silent 2×", "give-up", "goodbye"),
        ("no recording wanted", "give-up", "goodbye"),
        ("not understood 3×", "give-up", "return"),
    ]


def test_a_give_up_at_the_first_silence_is_a_way_like_any_other() -> None:
    assert rows(main("en-US"), "notice") == [("8", "no recording", "no_recording"), ("", "silent or unclear", "menu")]


def test_a_way_back_is_a_chip() -> None:
    more = main("en-US").cards["more"].rows[0]

    assert (more.end, more.leads, more.word) == ("loop", "menu", "menu")
    assert not [arrow for arrow in main("en-US").arrows if arrow.source == "more"]


def test_nothing_stands_before_the_step_a_flow_begins_with() -> None:
    lost = "lost:\n  say: {en-US: Nobody comes here.}\n  next: first\n"
    picture = placed(graph("first:\n  say: {en-US: Hello}\n  next: return\n" + lost))

    assert picture.graph.cards["lost"].rows[0].end == "loop"
    assert picture.boxes["first"].x == 0


def test_conditions_are_said_in_a_few_words() -> None:
    drawn = graph(
        """
        sort:
          branch:
            - {when: {caller.phone: {known: yes}, call.calls: {at_least: 3}}, next: goodbye}
            - {when: {caller.phone: {starts_with: "+86"}}, next: goodbye}
            - {when: {call.language: {not: [zh-CN, en-US]}}, next: goodbye}
            - {when: {call.language: en-US}, next: return}
            - {next: goodbye}
        """
    )

    assert [row[1] for row in rows(drawn, "sort")] == [
        "caller.phone known, call.calls ≥ 3",
        "caller.phone = +86…",
        "call.language ≠ en-US or zh-CN",
        "call.language = en-US",
        "otherwise",
    ]


def test_what_a_step_does_stands_in_its_card() -> None:
    cards = main("en-US").cards

    assert cards["no_recording"].words == ("call.recording = no",)
    assert cards["emergency_case"].words == ("subject = lost_card", "priority = urgent")
    assert (cards["emergency"].about, cards["person"].title, cards["person"].about) == (
        "card_emergency", "A person", "person",
    )  # fmt: skip


def test_a_flow_is_opened_in_place_but_never_in_itself() -> None:
    whole = graph_of(shipped(), "main", View("en-US", frozenset({"all"})))
    agent = whole.cards["person"].inner
    assert agent and agent.cards["contact"].inner and agent.cards["after"].inner

    second = "flow: second\ntitle: {en-US: S}\nsteps:\n  back:\n    run: main\n    next: return\n"
    files = small_files("first:\n  run: second\n  next: return\n", second=second)
    again = graph_of(material_of(files), "main", View("en-US", frozenset({"all"}))).cards["first"].inner
    opened = graph_of(shipped(), "agent", View("en-US", frozenset({"contact"})))
    assert again and again.cards["back"].inner is None
    assert opened.cards["contact"].inner and opened.cards["after"].inner is None


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_a_drawn_icon(name: str) -> None:
    kind = KINDS[name].kind

    assert kind.outline.startswith("M")
    assert all(len(exits) > 1 for exits, _ in kind.together)
