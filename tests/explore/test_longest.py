"""The dearest way without passing a node twice: exact where it can be, and never too little where it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.explore.longest_path import longest_path

NODES = 6
ARROWS = st.dictionaries(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(0, 9).map(float),
)


def by_trying_all(arrows: dict[tuple[int, int], float], node: int = 0, passed: frozenset[int] = frozenset()) -> float:
    beyond = passed | {node}
    ways = [
        cost + by_trying_all(arrows, to, beyond) for (source, to), cost in arrows.items()
        if source == node and to not in beyond
    ]  # fmt: skip
    return max(ways, default=0.0)


@given(ARROWS)
def test_it_is_the_dearest_of_all_ways(arrows: dict[tuple[int, int], float]) -> None:
    cost, way = longest_path(NODES, arrows)

    assert cost == by_trying_all(arrows)
    assert cost == sum(arrows[pair] for pair in zip(way, way[1:], strict=False))
    assert len(set(way)) == len(way)


@given(ARROWS, st.integers(0, 30))
def test_given_up_it_is_never_too_little(arrows: dict[tuple[int, int], float], most: int) -> None:
    assert longest_path(NODES, arrows, most)[0] >= by_trying_all(arrows)


@pytest.mark.parametrize("nodes", [30, 60])
def test_where_every_node_leads_to_every_other_it_comes_to_an_end(nodes: int) -> None:
    everything = {(one, other): 1.0 for one in range(nodes) for other in range(nodes) if one != other}

    cost, _ = longest_path(nodes, everything, 10_000)

    assert nodes - 1 <= cost <= 2 * nodes
