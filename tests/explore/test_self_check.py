"""A walk that merges what must be kept apart is caught by random real calls, and then proves nothing."""

from __future__ import annotations

import msgspec
import pytest
from tiny import SINCE

from ivr.analysis.last_case import LastCase
from ivr.analysis.liveness import Uses
from ivr.call.state import State
from ivr.explore.canon import Canon
from ivr.explore.prove import prove
from ivr.explore.self_check import check
from ivr.explore.state_walk import Scope, walk
from ivr.flow.model import Release


def test_every_turn_of_random_calls_is_in_the_graph(hotline: Release) -> None:
    walked = walk(hotline, Scope(since=SINCE))

    checked = check(walked, calls=400, seed=5)

    assert checked.unknown_turn == ""
    assert checked.turns > 4000


@pytest.mark.parametrize("lost", ["trail", "no_match", "may_rewind", "phase"])
def test_a_part_of_the_state_dropped_too_much_is_noticed(
    hotline: Release, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    sound = Canon.__call__
    empty = getattr(State(stack=(), language=""), lost)

    def unsound(self: Canon, state: State) -> State:
        return msgspec.structs.replace(sound(self, state), **{lost: "asked" if lost == "phase" else empty})

    monkeypatch.setattr(Canon, "__call__", unsound)

    proof = prove(hotline, Scope(since=SINCE, most=40_000), calls=1600)

    assert not proof.complete
    assert "not in the graph" in proof.checked.unknown_turn


def test_a_case_forgotten_below_a_flow_that_is_begun_again_is_noticed(
    hotline: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LastCase, "is_read", lambda self, stack: False)
    monkeypatch.setattr(Uses, "said", lambda self, place, *, below: frozenset())

    proof = prove(hotline, Scope(since=SINCE), calls=400)

    assert not proof.complete
    noticed = (proof.undecided, proof.checked.unknown_turn)
    assert "the real engine does not take the path begin > " in noticed[0] or "not in the graph" in noticed[1]
