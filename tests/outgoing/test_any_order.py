"""What is heard of an attempt ends alike in whatever order it comes; on both databases."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from outgoing_house import NEXT_MORNING, OutgoingHouse

CALL = "CA" + "7" * 32
HEARD: dict[str, dict[str, Any]] = {
    "the provider's answer": {"call": CALL},
    "somebody answers": {"call": CALL, "turn": 1},
    "it has ended": {"call": CALL, "ended": "completed", "sequence": 3},
    "the word": {"call": CALL, "result": "not_accepted", "turn": 3},
}


@pytest.mark.parametrize("tries", [1, 3])
@pytest.mark.parametrize("order", list(permutations(HEARD)), ids=lambda order: ", ".join(order))
def test_a_no_reopens_the_case_in_any_order(house: OutgoingHouse, order: tuple[str, ...], tries: int) -> None:
    house.told()
    house.now = NEXT_MORNING
    for _ in range(tries - 1):
        house.round()
        house.hear(house.attempts()[-1].attempt, ended="busy")
        house.later(days=1)
    house.round()
    name = house.attempts()[-1].attempt
    house.store.run("UPDATE attempts SET state = 'intended', call = NULL WHERE state = 'placed'", {}, returns=False)
    for what in order:
        house.hear(name, **HEARD[what])
        house.hear(name, **HEARD[what])
    assert house.status() == "in_progress"
    assert house.results()[-1] == "not_accepted"
    attempt = house.attempts()[-1]
    assert (attempt.state, attempt.call, attempt.result) == ("ended", CALL, "not_accepted")
    assert (house.follow_up().state, house.follow_up().reason) == ("done", "not_accepted")


@pytest.mark.parametrize(
    ("first", "second", "results"),
    [
        ({"ended": "busy", "sequence": 2}, {"ended": "completed", "sequence": 3}, ["busy", "unclear"]),
        ({"result": "machine"}, {"ended": "completed"}, ["machine"]),
        ({"result": "unclear"}, {"ended": "completed"}, ["unclear"]),
        ({"ended": "completed", "answered_by": "machine"}, {}, ["machine"]),
        ({"result": "accepted"}, {"result": "later"}, ["accepted"]),
        ({"result": "person"}, {"ended": "completed"}, ["person"]),
    ],
)
def test_a_weaker_word_changes_nothing_after_a_stronger_one(
    house: OutgoingHouse, first: dict[str, Any], second: dict[str, Any], results: list[str]
) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.round()
    name = house.attempts()[-1].attempt
    house.hear(name, **first)
    house.hear(name, **second)
    assert house.results() == results


def test_a_case_that_ends_otherwise_stops_its_calls(house: OutgoingHouse) -> None:
    house.told()
    house.moves(1, ("withdrawn", {"reason": "r"}))
    assert (house.follow_up().state, house.follow_up().reason) == ("stopped", "withdrawn")
    house.now = NEXT_MORNING
    assert house.round() == {}


def test_another_number_given_while_the_old_one_rings_is_the_next_ones(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.round()
    house.moves(1, ("contact", {"phone": "+862155500129"}))
    house.hear(house.attempts()[-1].attempt, ended="busy")
    house.later(days=1)
    house.round()
    assert [each.to for each in house.network.asked] == ["+862155500123", "+862155500129"]


def test_a_case_told_twice_in_a_round_is_phoned_anew(house: OutgoingHouse) -> None:
    house.told()
    house.moves(1, ("conflicted", {"person": "wang", "reason": "r"}))
    assert house.follow_up().state == "waiting", "the conflict was somebody else's"
    house.now = NEXT_MORNING
    house.round()
    house.hear(house.attempts()[-1].attempt, result="not_accepted", ended="completed")
    decided = {"outcome": "upheld", "reasons": "r", "answer": "We pay more."}
    house.moves(1, ("decided", decided), ("told", {"how": "mail"}))
    assert [row.follow_up for row in house.store.follow_ups_of(1)] == ["1-1", "1-2"]
    assert house.follow_up().due_at == "2026-03-04T01:30:00.000000+00:00"
