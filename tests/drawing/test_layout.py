"""What holds of every picture, whatever the flow."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pictures import SHIPPED, Area, cards, flows, graph, graph_of, material_of, points, shipped, signs
from small import small_files

from ivr.drawing.boxes import ENTERS, SMALL, about_from, chip_text
from ivr.drawing.build import View
from ivr.drawing.graph import Graph
from ivr.drawing.measure import measure
from ivr.drawing.placed import Placed
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg

WIDTHS = st.sampled_from([400.0, 900.0, 2300.0])
RANDOM = settings(max_examples=40, deadline=None)


def assert_sound(picture: Placed) -> None:
    """Nothing overlaps, no arrow goes through a card or a word, and each ends where it leads."""
    areas = cards(picture)
    chips = list(signs(picture))
    assert not [(a, b) for (a, one), (b, other) in combinations(areas.items(), 2) if one.meets(other)]
    assert not [chip for chip in chips if any(chip.meets(area) for area in areas.values())]
    assert not [(a, b) for a, b in combinations(chips, 2) if a.meets(b)]
    for route in picture.routes:
        target = picture.boxes[route.arrow.target]
        assert route.end == ((target.x + 30 if route.down else target.x), target.y + (0 if route.down else ENTERS))
        for x, y in points(route):
            through = [id for id, area in areas.items() if area.holds(x, y)]
            assert not through, (route.arrow, through, x, y)
            assert not any(chip.holds(x, y) for chip in chips), (route.arrow, x, y)


def assert_whole(picture: Placed) -> None:
    """Every arrow of the model is drawn or ends in a chip; what is a step has its card, in exactly one band."""
    drawn = {(route.arrow.source, row) for route in picture.routes for row in route.arrow.rows}
    wanted = {(arrow.source, row) for arrow in picture.graph.arrows for row in arrow.rows}
    assert drawn | picture.jumps.keys() == wanted
    assert not drawn & picture.jumps.keys()
    steps = [id for id, card in picture.graph.cards.items() if card.is_step]
    assert sorted(id for band in picture.bands for id in band.cards if id in steps) == sorted(steps)


@RANDOM
@given(flows(), WIDTHS)
def test_nothing_overlaps_and_no_label_is_cut(steps: str, wide: float) -> None:
    picture = placed(graph(steps), wide)

    assert_sound(picture)
    assert_whole(picture)


@RANDOM
@given(flows())
def test_every_exit_stands_in_exactly_one_row(steps: str) -> None:
    material = material_of(small_files(steps))

    for language in material.languages:
        drawn = graph_of(material, "main", View(language))
        for name, step in material.flows["main"].steps.items():
            exits = [exit for row in drawn.cards[name].rows for exit in row.exits]
            assert sorted(exits) == sorted(step.declared.exits if step else ())


@RANDOM
@given(flows())
def test_what_is_opened_in_place_is_as_sound(steps: str) -> None:
    whole = placed(graph_of(material_of(small_files(steps)), "main", View("en-US", frozenset({"all"}))))

    found = [whole]
    for picture in found:
        assert_sound(picture)
        found.extend(picture.inner.values())
        for card, inner in picture.inner.items():
            assert inner.width < picture.boxes[card].w
            assert inner.height < picture.boxes[card].h


def relative(picture: Placed) -> list[dict[str, Area]]:
    """By band, where its cards stand within it."""
    areas = cards(picture)
    return [
        {id: areas[id]._replace(top=round(areas[id].top - band.top, 6), bottom=0) for id in band.cards if id in areas}
        for band in picture.bands
    ]


@RANDOM
@given(flows(), st.data())
def test_an_added_step_moves_nothing_in_other_bands(steps: str, data: st.DataObject) -> None:
    before = placed(graph(steps), 500.0)
    assume(len(before.bands) > 1)
    name = data.draw(st.sampled_from([id for id, card in before.graph.cards.items() if card.is_step]))
    more = f"added:\n  say: {{en-US: Added}}\n  next: {name}\n"

    after = placed(graph(steps + more), 500.0)

    old, new = relative(before), relative(after)
    assume([set(band) for band in old] == [set(band) - {"added"} for band in new])
    grown = [at for at, band in enumerate(new) if "added" in band]
    into = [at for at, band in enumerate(new) if name in band]
    assert [band for at, band in enumerate(old) if at not in (*grown, *into)] == [
        band for at, band in enumerate(new) if at not in (*grown, *into)
    ]


@pytest.mark.parametrize("flow", SHIPPED)
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_shipped_flows(flow: str, language: str) -> None:
    picture = placed(graph_of(shipped(), flow, View(language)))

    assert_sound(picture)
    assert_whole(picture)
    assert len(picture.bands) == (2 if flow in ("agent", "followup") else 1)
    assert picture.width < 1860, "with its margins it fits a screen"
    assert picture.crossings == {"agent": 3, "contact": 1, "followup": 16, "survey": 1}.get(flow, 0)


def drawing() -> Graph:
    return graph_of(shipped(), "main", View("zh-CN", frozenset({"all"})))


def test_the_same_flow_gives_the_same_bytes() -> None:
    assert svg(placed(drawing())) == svg(placed(drawing()))


@RANDOM
@given(flows(), WIDTHS)
def test_reading_begins_in_the_first_column(steps: str, wide: float) -> None:
    picture = placed(graph(steps), wide)

    assert picture.boxes[picture.graph.first].x == 0.0
    assert picture.graph.first in picture.bands[0].cards


TWICE = (
    "".join(
        f"""
ask_{n}:
  yes_no: {{en-US: Shall we call you?}}
  yes: number_{n}
  no: ask_{n + 1}
number_{n}:
  run: contact
  next: ask_{n + 1}
"""
        for n in range(8)
    )
    + "ask_8:\n  say: {en-US: Well}\n  next: goodbye\n"
)


@pytest.mark.parametrize("wide", [300.0, 500.0, 800.0])
def test_a_chip_says_which_step_it_means_where_two_have_one_title(wide: float) -> None:
    picture = placed(graph(TWICE), wide)
    assert len({card.title for card in picture.graph.cards.values()}) < len(picture.graph.cards)

    meant = {}
    for (card, row), target in picture.jumps.items():
        said = picture.jump_title(card, row)
        assert meant.setdefault(said, target) == target, "two steps are behind one word"
    assert set(meant) & set(picture.graph.cards) and meant


def test_chips_of_steps_with_long_names_differ_as_the_names_do() -> None:
    names = [f"the_{'very_' * 12}long_name_{n}" for n in (1, 2)]

    assert len({chip_text(name) for name in names}) == 2
    assert all(chip_text(name).startswith("the_") and measure(chip_text(name), SMALL) <= 136 for name in names)


@RANDOM
@given(flows(), WIDTHS)
def test_every_step_is_named_on_its_card(steps: str, wide: float) -> None:
    picture = placed(graph(steps), wide)

    for card in picture.graph.cards.values():
        if card.is_step and card.runs:
            box = picture.boxes[card.id]
            room = box.w - about_from(card)
            assert card.about == card.id and (box.below or measure(card.about, SMALL) <= room)
