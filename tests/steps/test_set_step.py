"""`set`: words, copies, and values of the whole call."""

from __future__ import annotations

from step_call import StepCall

SET = "it: {set: {product: card, phone: {caller.phone}, call.tier: gold}, next: on}\n"
KEYS = 'call: {tier: {type: text, starts: "none"}}\n'


def test_a_word_a_copy_and_a_value_of_the_whole_call_are_kept_where_they_belong() -> None:
    call = StepCall(SET, "on", keys=KEYS, facts={"caller.phone": "+12025550123"})

    assert (call.exits, call.at) == (["next"], "on")
    assert call.values == {"product": "card", "phone": "+12025550123"}
    assert call.state.call["call.tier"] == "gold"


def test_what_is_not_known_is_not_copied() -> None:
    assert StepCall(SET, "on", keys=KEYS).values == {"product": "card"}


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(SET, "on", keys=KEYS).declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {"next": "on"}
    assert declared.sets == {"product": '"card', "phone": "=caller.phone", "call.tier": '"gold'}
    assert declared.reads == {"caller.phone"}
