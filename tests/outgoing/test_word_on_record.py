"""What a customer says to a call of ours is on record whatever staff have done meanwhile; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from outgoing_house import NEXT_MORNING, OutgoingHouse, case_of

RESULTS = ["accepted", "not_accepted", "opted_out", "person", "wrong_person", "later", "unclear"]
DECIDED = ("decided", {"outcome": "upheld", "reasons": "r", "answer": "We pay more."})
WITHDRAWN, REOPENED = ("withdrawn", {"reason": "r"}), ("reopened", {"reason": "r"})
WORKING: dict[str, tuple[Any, ...]] = {
    "in_progress": (WITHDRAWN, REOPENED),
    "decided": (WITHDRAWN, REOPENED, ("taken", {}), DECIDED),
    "acknowledged": (("conflicted", {"person": "li", "reason": "r"}),),
}
"""What staff do while it rings, by where the case stands then."""


def ring(house: OutgoingHouse) -> str:
    house.told()
    house.now = NEXT_MORNING
    house.round()
    return str(house.attempts()[-1].attempt)


def says(house: OutgoingHouse, name: str, result: str) -> None:
    house.later(minutes=1)
    house.hear(name, result=result, turn=3)
    house.hear(name, ended="completed", sequence=3)


def due(house: OutgoingHouse) -> tuple[str | None, int]:
    """By when an answer is owed, and how often the case was reopened."""
    with house.store.transaction() as tx:
        row = tx.case(1)
    assert row is not None
    return row.due, case_of(row).life.reopened


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("status", WORKING)
def test_a_word_about_a_case_that_is_worked_on_again_is_on_record_and_moves_nothing(
    house: OutgoingHouse, status: str, result: str
) -> None:
    name = ring(house)
    house.moves(1, *WORKING[status])
    before = due(house)
    says(house, name, result)
    assert house.results() == [result]
    assert (house.status(), due(house)) == (status, before)
    assert house.follow_up().state in ("done", "stopped")


@pytest.mark.parametrize("result", RESULTS)
def test_a_no_opens_a_case_that_was_withdrawn_meanwhile_and_no_other_word_does(
    house: OutgoingHouse, result: str
) -> None:
    name = ring(house)
    house.moves(1, WITHDRAWN)
    says(house, name, result)
    assert house.results() == [result]
    assert house.status() == ("in_progress" if result == "not_accepted" else "withdrawn")


def called_again_after_a_yes(house: OutgoingHouse) -> str:
    """The network told too late of a first call, in which the customer accepts, so a second was made; that one."""
    first = ring(house)
    house.hear(first, ended="no_answer")
    house.later(days=1)
    house.round()
    second = house.attempts()[-1].attempt
    says(house, first, "accepted")
    return second


def test_a_no_behind_a_yes_in_an_earlier_call_counts(house: OutgoingHouse) -> None:
    second = called_again_after_a_yes(house)
    assert house.status() == "closed"
    says(house, second, "not_accepted")
    assert (house.status(), house.results()) == ("in_progress", ["no_answer", "accepted", "not_accepted"])


@pytest.mark.parametrize("result", ["opted_out", "busy"])
def test_a_later_call_that_says_nothing_of_the_answer_leaves_a_yes(house: OutgoingHouse, result: str) -> None:
    second = called_again_after_a_yes(house)
    if result == "busy":
        house.hear(second, ended="busy")
    else:
        says(house, second, result)
    assert (house.status(), house.results()[-1]) == ("closed", result)
