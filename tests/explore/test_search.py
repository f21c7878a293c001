"""The search for a shortest call: callers of whom less was told stand for others, and it does not go on for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny import SINCE, asked_twice, files, proof_of

from ivr.cli import explore_command
from ivr.explore import search
from ivr.explore.asked_facts import moves_on
from ivr.explore.search import FOUND, Search
from ivr.explore.state_walk import Walked, walk
from ivr.flow.model import Release


@pytest.fixture(scope="module")
def walked(hotline: Release) -> Walked:
    return walk(hotline, since=SINCE)


def test_a_way_to_every_state_is_as_short_as_when_all_that_was_told_is_kept_apart(walked: Walked) -> None:
    tracked = frozenset(question for question in walked.asked if not moves_on(question))
    apart = Search(walked, tracked)
    depth: dict[int, int] = {}
    for node, (before, edge) in apart.everything().items():
        depth.setdefault(node[0], len(apart.way(before, edge)))

    freest = Search(walked, tracked)
    assert freest.first(lambda edge, phase: 0) is None
    found: dict[int, int] = {}
    for node, (before, edge) in freest.came.items():
        found.setdefault(node[0], len(freest.way(before, edge)))

    assert found == depth
    assert len(freest.came) < len(apart.came)


def test_a_search_that_grows_too_wide_proves_nothing_and_says_by_what(tmp_path: Path) -> None:
    steps, hotline = asked_twice("abcdefg")
    for name, text in files(steps, promises="- {never: main.bad, before: case complaint}", hotline=hotline).items():
        (tmp_path / name).write_bytes(text)

    done = CliRunner().invoke(explore_command.command, ["--states", "500"], env={"IVR_FLOWS": str(tmp_path)})

    assert done.exit_code == 2
    assert "a promise could not be decided, so nothing is proved: more than 4,000 situations" in done.output
    assert "kept apart by what was told of call.a, call.b" in done.output
    assert "promise holds" not in done.output


def test_a_wider_search_decides_it() -> None:
    steps, hotline = asked_twice("abcde")

    proof = proof_of(steps, promises="- {never: main.bad, before: case complaint}", hotline=hotline)

    assert proof.whole
    assert proof.verdicts[-1].holds
    assert ("main", "bad", "") in proof.unreached


def test_the_shortest_of_several_ways_is_found(walked: Walked) -> None:
    edges = [edge for edge in walked.graph.all_edges() if edge.way.means == "shortcut 0"]

    example = search.along(walked, edges)
    first = Search(walked, frozenset()).first(lambda edge, phase: FOUND if edge in edges else 0)

    assert example is not None and first is not None
    assert len(example.edges) == len(first)
    assert search.along(walked, []) is None
