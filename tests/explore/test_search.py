"""The search for a shortest call: callers of whom less was told stand for others, and it does not go on for ever."""

from __future__ import annotations

import pytest
from tiny import SINCE, proof_of

from ivr.explore import search
from ivr.explore.facts import moves_on
from ivr.explore.prove import prove
from ivr.explore.search import FOUND, Search
from ivr.explore.walk import Walked, walk
from ivr.flow.model import Release

TWO_FACTS = """\
look:
  branch:
    - {when: {caller.visits: 0}, next: q}
    - {next: q2}
q: {yes_no: {zh-CN: 好？, en-US: Well?}, yes: again, no: look}
q2: {yes_no: {zh-CN: 行？, en-US: All right?}, yes: again, no: look}
again:
  branch:
    - {when: {call.x: "yes"}, next: ring}
    - {next: goodbye}
ring: {set: {call.x: "yes"}, next: again}
"""
CALL = ("cases:\n", 'call:\n  x: {type: text, starts: "no"}\ncases:\n')


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


def test_a_search_that_grows_too_wide_proves_nothing_and_says_by_what(
    hotline: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TOLD_APART", 0)

    proof = prove(hotline, since=SINCE, calls=50)

    assert not proof.whole
    assert not proof.holds
    assert "kept apart by what was told of the caller" in proof.undecided


def test_a_ring_no_caller_can_be_in_is_looked_for_once_and_not_from_every_question() -> None:
    proof = proof_of(TWO_FACTS, hotline=CALL)

    endless = [verdict for verdict in proof.verdicts if verdict.name == "never endless"]
    assert [verdict.holds for verdict in endless] == [True]


def test_the_shortest_of_several_ways_is_found(walked: Walked) -> None:
    edges = [edge for edge in walked.graph.all_edges() if edge.way.means == "shortcut 0"]

    example = search.along(walked, edges)
    first = Search(walked, frozenset()).first(lambda edge, phase: FOUND if edge in edges else 0)

    assert example is not None and first is not None
    assert len(example.edges) == len(first)
    assert search.along(walked, []) is None
