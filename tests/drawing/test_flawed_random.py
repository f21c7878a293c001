"""Whatever is wrong in a flow, its picture is sound: no card over another, every step and readable way out in it."""

from __future__ import annotations

from copy import deepcopy

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import elements, flows, graph_of, material_of
from small import HEAD, small_files
from test_layout import assert_sound, assert_whole

from ivr.drawing.build import View
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg

ODD_VALUES = st.sampled_from(["12 34", "", "nowhere at all", ["a"], {"b": "c"}, {}, "flow", "3", {"next": "s0"}, None])


def places(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a step where something else could stand."""
    found = [path] if path else []
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, inner in pairs:
        found += places(inner, (*path, name))
    return found


@st.composite
def flawed(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a random flow in which some values are others, or gone."""
    steps = yaml.load("\n".join(["steps:", *("  " + line for line in draw(flows()).splitlines())]), yaml.BaseLoader)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(steps["steps"])))
        step = steps["steps"][name]
        at = draw(st.sampled_from(places(step) or [()]))
        if not at:
            continue
        beside = step
        for part in at[:-1]:
            beside = beside[part]
        if draw(st.booleans()) and isinstance(beside, dict):
            del beside[at[-1]]
        else:
            beside[at[-1]] = deepcopy(draw(ODD_VALUES))
    head = HEAD.removesuffix("steps:\n")
    return {**small_files(), "main.yaml": (head + yaml.safe_dump(steps, allow_unicode=True)).encode()}


@settings(max_examples=80, deadline=None)
@given(flawed(), st.sampled_from([500.0, 1600.0]))
def test_a_picture_of_a_flawed_flow_is_sound(files: dict[str, bytes], wide: float) -> None:
    material = material_of(files, judged=True)
    drawn = graph_of(material, "main", View("en-US"))
    picture = placed(drawn, wide)

    assert_sound(picture)
    assert_whole(picture)
    elements(svg(picture))
    for name, step in material.flows["main"].steps.items():
        card = drawn.cards[name]
        assert step is not None or card.shape == "unknown"
        exits = [exit for row in card.rows for exit in row.exits]
        assert sorted(exits) == sorted(step.declared.exits if step else ())
        assert not [row for row in card.rows if not row.exits and not row.problems], "what is not read is marked"
