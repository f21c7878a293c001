"""The search for a shortest call: callers of whom less was told stand for others, and it does not go on for ever."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from tiny import SINCE, asked_twice, files, proof_of

from ivr.cli import explore_command
from ivr.explore.asked_facts import moves_on
from ivr.explore.graph import Edge
from ivr.explore.reachable import along
from ivr.explore.search import FOUND, Search
from ivr.explore.state_walk import Scope, Walked, walk
from ivr.flow.model import Release


@pytest.fixture(scope="module")
def walked(hotline: Release) -> Walked:
    return walk(hotline, Scope(since=SINCE))


def test_a_way_to_every_state_is_as_short_as_when_all_that_was_told_is_kept_apart(walked: Walked) -> None:
    tracked = frozenset(question for question in walked.asked if not moves_on(question))
    apart = Search(walked, tracked)
    depth: dict[int, int] = {}
    for node, (before, edge) in apart.everything().items():
        depth.setdefault(node[0], len(apart.path(before, edge)))

    freest = Search(walked, tracked)
    assert freest.first(lambda edge, phase: 0) is None
    found: dict[int, int] = {}
    for node, (before, edge) in freest.came.items():
        found.setdefault(node[0], len(freest.path(before, edge)))

    assert found == depth
    assert len(freest.came) < len(apart.came)


def test_a_search_that_grows_too_wide_proves_nothing_and_says_by_what(tmp_path: Path) -> None:
    steps, hotline = asked_twice("abcdefg")
    for name, text in files(steps, promises="- {never: main.bad, before: case complaint}", hotline=hotline).items():
        (tmp_path / name).write_bytes(text)

    done = CliRunner().invoke(explore_command.command, ["--states", "500"], env={"IVR_FLOWS": str(tmp_path)})

    assert done.exit_code == 2
    assert "a promise could not be decided, so nothing is proved: " in done.output
    assert "the proof needs more than 4,000 states to track call.a, call.b, call.c, call.d. Raise" in done.output
    assert "promise holds" not in done.output


def test_a_wider_search_decides_it() -> None:
    steps, hotline = asked_twice("abcde")

    proof = proof_of(steps, promises="- {never: main.bad, before: case complaint}", hotline=hotline)

    assert proof.complete
    assert proof.results[-1].holds
    assert ("main", "bad", "") in proof.unreached


def test_the_shortest_of_several_ways_is_found(walked: Walked) -> None:
    edges = [edge for edge in walked.graph.all_edges() if edge.way.means == "shortcut 0"]

    example = along(walked, edges)
    first = Search(walked, frozenset(), merged=False).first(lambda edge, phase: FOUND if edge in edges else 0)

    assert example is not None and first is not None
    assert len(example.edges) == len(first)
    assert along(walked, []) is None


@pytest.mark.parametrize("seed", range(12))
def test_a_search_on_merged_edges_finds_a_path_as_short_as_one_on_all(walked: Walked, seed: int) -> None:
    chance = Random(seed)
    labels = range(len(walked.graph.labels))
    begins, ends, refused = (set(chance.sample(labels, many)) for many in (60, 20, chance.randrange(60)))
    means = chance.choice(sorted({edge.way.means for edge in walked.graph.all_edges()}))

    def rule(edge: Edge, phase: int) -> int | None:
        if edge.label in refused or edge.way.means == means or edge.way.mover == "limit":
            return None
        if phase == 1 and edge.label in ends:
            return FOUND
        return 1 if edge.label in begins else phase

    merged = Search(walked, frozenset()).first(rule)
    every = Search(walked, frozenset(), merged=False).first(rule)

    assert (merged is None) == (every is None)
    assert merged is None or every is None or len(merged) == len(every)


def test_merged_edges_are_fewer_and_stand_for_every_edge(walked: Walked) -> None:
    def form(edge: Edge) -> tuple[int, int, str, str]:
        return edge.target, edge.label, edge.way.means, edge.way.mover

    for all_of, merged in zip(walked.graph.edges, walked.graph.merged(), strict=True):
        assert {form(edge) for edge in merged} == {form(edge) for edge in all_of}
    assert sum(map(len, walked.graph.merged())) < sum(map(len, walked.graph.edges))
