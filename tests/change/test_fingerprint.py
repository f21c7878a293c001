"""Two steps are alike exactly where their values are equal; that no value is made for most is only quicker."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.change.impact.fingerprint import alike, same, value
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.steps.target import Target

FILES = {path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "flows").glob("*.yaml")}
OTHER_DEFAULTS = FILES["hotline.yaml"].replace(b"  no_input:\n    tries: 3", b"  no_input:\n    tries: 2")


@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize("renamed", [{}, {"menu": "open"}])
def test_steps_are_alike_where_their_values_are_equal(renamed: dict[str, str], heard: bool, release: Release) -> None:
    other = compile_release(parse({**FILES, "hotline.yaml": OTHER_DEFAULTS}))
    steps, others = ([step for _, step in each.steps()] for each in (release, other))
    values, other_values = ([value(step, renamed, heard=heard) for step in each] for each in (steps, others))

    for n, old in enumerate(steps):
        for m in (n, n - 1):
            assert alike(old, others[m], renamed, heard=heard) == (values[n] == other_values[m]), old.name


@pytest.fixture(scope="module")
def release() -> Release:
    return compile_release(parse(FILES))


def test_every_step_of_a_release_compiled_twice_is_the_same(release: Release) -> None:
    again = compile_release(parse(FILES))

    assert all(same(old, new, {}) for (_, old), (_, new) in zip(release.steps(), again.steps(), strict=True))


@pytest.mark.parametrize(
    ("old", "new", "are"),
    [
        (Target("step", "a"), Target("step", "b"), True), (Target("step", "b"), Target("step", "b"), True),
        (Target("step", "a"), Target("step", "c"), False), (Target("flow", "a"), Target("flow", "b"), False),
        ([Target("step", "a")], (Target("step", "b"),), True), ([Target("step", "a")], [Target("step", "b")], True),
        ({"x": Target("step", "a")}, {"x": Target("step", "b")}, True),
        ({"x": 1}, {"y": 1}, False), ([1], [1, 2], False), (1, "1", True), (frozenset("ab"), frozenset("ba"), True),
    ],
)  # fmt: skip
def test_a_renamed_step_is_the_one_it_was_wherever_it_stands(old: object, new: object, are: bool) -> None:
    assert alike(old, new, {"a": "b"}) is are
    assert (value(old, {"a": "b"}) == value(new, {"a": "b"})) is are
