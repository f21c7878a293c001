"""Cutting a state down to what later turns read changes no later turn."""

from __future__ import annotations

from random import Random

import pytest
from test_total import NOW

from ivr.call.events import CASE_KINDS
from ivr.call.inputs import Digits, Given, Input, NoInput, Recording, Resume, Speech, Start, Transferred
from ivr.call.state import Frame, State
from ivr.call.verbs import Record, Transfer, Verb
from ivr.engine.liveness import cut, live_values
from ivr.engine.turn import begin, take_turn
from ivr.flow.model import Release

NUMBERS = {f"case.{kind}.number": str(number) for number, kind in enumerate(CASE_KINDS, 1)}


def an_answer(chance: Random, waiting: Verb) -> Input:
    """Something that fits what the call waits for, mostly a sensible key, so that calls go deep."""
    if isinstance(waiting, Transfer):
        return Transferred(chance.choice(("answered", "busy", "no_answer", "failed")))
    if isinstance(waiting, Record):
        return chance.choice((Recording("RE1", 7, "#"), Recording("RE1", 7, "#"), Recording("RE1", 2, "0"), NoInput()))
    return chance.choice(
        (*map(Digits, "1122334589*0"), Digits("13800138000"), Speech("投诉"), Speech("不是"), NoInput(), Resume())
    )


@pytest.mark.parametrize("seed", range(400))
def test_cutting_commutes_with_the_turn(hotline: Release, seed: int) -> None:
    chance = Random(seed)
    state, came = begin(hotline, "main"), Start()
    for number in range(1, 60):
        facts = {"hours.agents": chance.choice(("open", "closed")), **NUMBERS}
        facts |= chance.choice(({}, {"caller.phone": "+8613800138000"}))
        given = Given(input=came, turn=number, facts=facts)

        whole = take_turn(hotline, state, given, NOW)
        short = take_turn(hotline, cut(hotline, state), given, NOW)

        assert (short.events, short.verbs) == (whole.events, whole.verbs)
        assert cut(hotline, short.state) == cut(hotline, whole.state)
        state, came = whole.state, an_answer(chance, whole.verbs[-1])


def test_cutting_twice_is_cutting_once(hotline: Release) -> None:
    state = cut(hotline, begin(hotline, "main"))

    assert cut(hotline, state) == state


def test_a_value_nobody_will_read_any_more_is_dropped(hotline: Release) -> None:
    held = State(stack=(Frame("contact", "ask", {"phone": "+8613800138000", "note": "x"}),), language="zh-CN")

    assert live_values(hotline, "contact")["ask"] == {"phone"}
    assert cut(hotline, held).stack[0].values == {"phone": "+8613800138000"}


def test_an_ended_call_is_one_state_in_each_language(hotline: Release) -> None:
    ended = State(stack=(), language="en-US", case="complaint", no_input=2)

    assert cut(hotline, ended) == State(stack=(), language="en-US")
