"""Calls to customers are placed once for an attempt, whatever the network answers; on both databases."""

from __future__ import annotations

from outgoing_house import CUSTOMER, NEXT_MORNING, OutgoingHouse

from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import Doubtful, NotPlaced

BUSY_NETWORK = NotPlaced(sentence=Message("outgoing.never-found"), again=True)
NO_SUCH_NUMBER = NotPlaced(sentence=Message("outgoing.never-found"), never=True, code=21211)
LOST = Doubtful(Message("outgoing.never-found"))


def test_nobody_is_phoned_before_the_morning_after(house: OutgoingHouse) -> None:
    house.told()
    assert house.follow_up().state == "waiting"
    assert house.follow_up().due_at == "2026-03-03T01:30:00.000000+00:00"
    assert house.round() == {}
    house.now = NEXT_MORNING
    assert house.round() == {"placed": 1}
    assert [(each.to, each.from_number) for each in house.network.asked] == [(CUSTOMER, "+862155500000")]
    (attempt,) = house.attempts()
    assert (attempt.state, attempt.n, attempt.call) == ("placed", 1, "CA" + f"{1:032x}")
    assert f"/voice/out/{attempt.attempt}" in house.network.asked[0].url
    house.later(minutes=1)
    assert house.round() == {}, "the same number is on the telephone"


def test_a_letter_takes_five_workdays_to_arrive(house: OutgoingHouse) -> None:
    house.told(how="letter")
    assert house.follow_up().due_at == "2026-03-09T01:30:00.000000+00:00"


def test_too_many_requests_burn_no_try(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.network.answers = [BUSY_NETWORK]
    assert house.round() == {"refused": 1}
    house.later(seconds=11)
    assert house.round() == {"placed": 1}
    assert [each.state for each in house.attempts()] == ["refused", "placed"]


def test_a_number_that_is_none_is_never_tried_again(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.network.answers = [NO_SUCH_NUMBER]
    assert house.round() == {"refused": 1}
    house.later(days=3)
    assert house.round() == {}
    assert (house.follow_up().state, house.follow_up().reason) == ("stopped", "not_reachable")
    house.moves(1, ("contact", {"phone": "+862155500124"}))
    assert house.round() == {"placed": 1}
    assert house.network.asked[-1].to == "+862155500124"


def test_a_doubtful_call_is_found_out_about_and_not_dialled_again(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.network.answers = [lambda found: LOST]
    assert house.round() == {"doubtful": 1}
    house.later(seconds=59)
    assert house.round() == {}
    house.later(seconds=2)
    assert house.round() == {"found": 1}
    assert house.attempts()[0].state == "placed"
    assert len(house.network.asked) == 1


def test_a_call_that_was_never_placed_is_given_up_and_tried_again_a_day_later(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.network.answers = [LOST]
    house.round()
    house.later(minutes=14)
    assert house.round() == {}
    house.later(minutes=2)
    assert house.round() == {"given up": 1}
    assert house.attempts()[0].state == "unknown"
    assert house.follow_up().due_at == "2026-03-04T01:46:00.000000+00:00"
    house.now = NEXT_MORNING.replace(day=4, hour=2)
    assert house.round() == {"placed": 1}


def test_a_call_of_which_all_callbacks_are_lost_is_looked_up(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.round()
    house.later(minutes=20)
    assert house.round() == {}
    house.later(minutes=1)
    from dataclasses import replace

    house.network.calls[0] = replace(house.network.calls[0], status="no-answer")
    assert house.round() == {"looked up": 1}
    assert house.results() == ["no_answer"]
    assert house.follow_up().state == "waiting"


def test_the_switch_stops_every_worker_at_once(house: OutgoingHouse) -> None:
    house.told()
    house.now = NEXT_MORNING
    house.store.set_switch("outgoing.calls", on=False)
    assert house.round() == {}
    house.store.set_switch("outgoing.calls", on=True)
    assert house.round(allowed=False) == {}
    assert house.round() == {"placed": 1}


def test_nobody_is_phoned_for_an_invented_case_outside_of_a_sandbox(house: OutgoingHouse) -> None:
    house.told(1, simulated=True)
    house.told(2, phone="+862155500124")
    house.now = NEXT_MORNING
    assert house.round() == {"placed": 1}
    assert house.network.asked[0].to == "+862155500124"
    house.later(seconds=5)
    assert house.round(simulated=True) == {"placed": 1}
    assert house.network.asked[1].to == CUSTOMER


def test_two_cases_of_one_customer_wait_for_each_other(house: OutgoingHouse) -> None:
    house.told(1)
    house.told(2)
    house.told(3, phone="+862155500125")
    house.now = NEXT_MORNING
    house.later(seconds=0)
    placed = 0
    for _ in range(4):
        placed += house.round().get("placed", 0)
        house.later(seconds=2)
    assert placed == 2
    assert {each.to for each in house.network.asked} == {CUSTOMER, "+862155500125"}


def test_a_number_no_machine_may_phone_is_kept_for_people(house: OutgoingHouse) -> None:
    house.told(phone="+4915112345678")
    assert (house.follow_up().state, house.follow_up().reason) == ("stopped", "by_hand")
    assert house.follow_up().to == "+4915112345678"
    house.now = NEXT_MORNING
    assert house.round() == {}
    assert house.status() == "follow_up_due"
    house.moves(1, ("contact", {"phone": CUSTOMER}))
    assert house.round() == {"placed": 1}
