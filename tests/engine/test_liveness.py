"""Cutting a state down to what later turns read changes no later turn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from test_total import FACTS, INPUTS, NOW

from ivr.call.inputs import Digits, Given, Start
from ivr.call.state import State
from ivr.engine.liveness import cut, live_values
from ivr.engine.turn import begin, take_turn
from ivr.flow.model import Release


@settings(max_examples=150, deadline=None, derandomize=True)
@given(moves=st.lists(st.tuples(INPUTS, FACTS), max_size=40))
def test_cutting_commutes_with_the_turn(hotline: Release, moves: list) -> None:
    state = begin(hotline, "main")
    for number, (came, facts) in enumerate([(Start(), {}), *moves], 1):
        given_ = Given(input=came, turn=number, facts=facts)

        whole = take_turn(hotline, state, given_, NOW)
        short = take_turn(hotline, cut(hotline, state), given_, NOW)

        assert (short.events, short.verbs) == (whole.events, whole.verbs)
        assert cut(hotline, short.state) == cut(hotline, whole.state)
        state = whole.state


def test_cutting_twice_is_cutting_once(hotline: Release) -> None:
    state = cut(hotline, begin(hotline, "main"))

    assert cut(hotline, state) == state


def test_a_value_nobody_will_read_any_more_is_dropped(hotline: Release) -> None:
    state: State = begin(hotline, "main")
    keys = [Start(), Digits("1"), Digits("8"), Digits("2"), Digits("1")]
    for number, came in enumerate(keys, 1):
        state = take_turn(hotline, state, Given(input=came, turn=number), NOW).state

    assert "product" in state.stack[-1].values
    assert "product" in live_values(hotline, "inquiry")["answered"]
    assert "product" not in live_values(hotline, "complaint")["receipt"]


def test_an_ended_call_is_one_state_in_each_language(hotline: Release) -> None:
    ended = State(stack=(), language="en-US", case="complaint", no_input=2)

    assert cut(hotline, ended) == State(stack=(), language="en-US")
