"""Whatever goes wrong between us and the network: a customer is phoned once for an attempt, and their word is kept."""

from __future__ import annotations

from itertools import permutations

import pytest
from exchange_in_process import Network
from placed_house import CUSTOMER, PlacedHouse

from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.placed_call import Status


def says_no(network: Network) -> None:
    """The customer takes the call up and does not accept."""
    phone = network.taken_up()
    assert any("Did you call us?" in said.text for said in phone.heard)
    phone.press("1")
    phone.press("2")
    phone.press("1")
    assert phone.waiting == "ended"
    assert phone.refused == []
    network.exchange.hang_up(network.call().sid)


def is_reopened(placed: PlacedHouse) -> None:
    assert placed.case()[0] == "in_progress"
    assert placed.results()[-1] == "not_accepted"
    assert placed.follow_up() == ("done", "not_accepted")
    assert placed.rows("SELECT state, network_end FROM attempts") == [("ended", "completed")]


def test_a_call_is_placed_answered_and_settled(placed: PlacedHouse) -> None:
    placed.complaint()
    network = Network(placed)
    network.passes(hours=30)
    assert network.round() == {"placed": 1}
    network.deliver(*network.passes(seconds=1))
    says_no(network)
    network.deliver(*network.passes(seconds=1))
    is_reopened(placed)


ALL_ORDERS = list(permutations(range(4)))
CALLBACKS = ["initiated", "ringing", "in-progress", "completed"]


@pytest.mark.parametrize("order", ALL_ORDERS, ids=lambda order: "".join(map(str, order)))
@pytest.mark.parametrize("before", [True, False], ids=["before the no", "behind the no"])
def test_callbacks_come_in_every_order(placed: PlacedHouse, order: tuple[int, ...], before: bool) -> None:
    placed.complaint()
    network = Network(placed)
    network.passes(hours=30)
    network.round()
    told = network.passes(seconds=1)
    phone = network.taken_up()
    phone.press("1")
    if not before:
        phone.press("2")
        phone.press("1")
    network.exchange.hang_up(network.call().sid)
    told += network.passes(seconds=1)
    assert [dict(each.pairs)["CallStatus"] for each in told] == CALLBACKS
    network.deliver(*(told[n] for n in order))
    if before:
        phone.press("2")
        phone.press("1")
    is_reopened(placed)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order)))
@pytest.mark.parametrize(("ends", "result"), [("busy", "busy"), ("no-answer", "no_answer"), ("failed", "failed")])
def test_what_the_network_says_in_every_order(
    placed: PlacedHouse, ends: Status, result: str, order: tuple[int, ...]
) -> None:
    placed.complaint()
    network = Network(placed)
    network.passes(hours=30)
    network.round()
    told = network.passes(seconds=1)
    network.exchange.decline(network.call().sid, ends)
    told += network.passes(seconds=1)
    network.deliver(*(told[n] for n in order), told[-1], told[0])
    assert placed.results() == [result]
    assert placed.follow_up()[0] == "waiting"
    network.passes(hours=24)
    network.round()
    assert network.calls_to_customer() == 2


@pytest.mark.parametrize(
    ("faults", "first"),
    [
        (Faults(failed_after=1.0), {"doubtful": 1}),
        (Faults(lost_after=1.0), {"doubtful": 1}),
    ],
    ids=["5xx after acceptance", "answer lost after acceptance"],
)
@pytest.mark.parametrize("callbacks", [True, False], ids=["callbacks come", "callbacks are lost"])
def test_a_call_whose_answer_was_lost_is_found_and_never_dialled_again(
    placed: PlacedHouse, faults: Faults, first: dict[str, int], callbacks: bool
) -> None:
    placed.complaint()
    network = Network(placed, faults)
    network.passes(hours=30)
    assert network.round() == first
    if callbacks:
        network.deliver(*network.passes(seconds=1))
        assert placed.rows("SELECT state FROM attempts") == [("placed",)]
        assert network.round() == {}
    else:
        network.passes(seconds=20)
        assert network.round() == {}
    says_no(network)
    told = network.passes(seconds=70)
    if callbacks:
        network.deliver(*told)
    else:
        network.round()
        network.passes(minutes=30)
        network.round()
    assert network.calls_to_customer() == 1
    is_reopened(placed)


@pytest.mark.parametrize(
    "faults", [Faults(failed_before=1.0), Faults(lost_before=1.0)], ids=["5xx before", "lost before"]
)
def test_a_call_that_never_came_to_be_is_given_up_after_a_while_and_placed_another_day(
    placed: PlacedHouse, faults: Faults
) -> None:
    placed.complaint()
    network = Network(placed, faults)
    network.passes(hours=30)
    assert network.round() == {"doubtful": 1}
    network.passes(minutes=5)
    assert network.round() == {}
    network.passes(minutes=11)
    assert network.round() == {"given up": 1}
    assert network.exchange.asked == {CUSTOMER: 1}
    network.exchange.faults = Faults()
    network.passes(hours=24)
    assert network.round() == {"placed": 1}
    assert network.calls_to_customer() == 1


def test_too_many_requests_burn_no_try(placed: PlacedHouse) -> None:
    placed.complaint()
    network = Network(placed, Faults(too_many=1.0))
    network.passes(hours=30)
    for _ in range(5):
        assert network.round() == {"refused": 1}
        network.passes(seconds=40)
    network.exchange.faults = Faults()
    assert network.round() == {"placed": 1}
    network.deliver(*network.passes(seconds=1))
    says_no(network)
    network.deliver(*network.passes(seconds=1))
    assert placed.case()[0] == "in_progress"


def test_all_callbacks_lost_the_call_is_settled_by_what_the_provider_says(placed: PlacedHouse) -> None:
    placed.complaint()
    network = Network(placed, Faults(callback_lost=1.0))
    network.passes(hours=30)
    network.round()
    assert network.passes(seconds=1) == []
    assert network.passes(seconds=60) == []
    assert network.call().status == "no-answer"
    network.passes(minutes=21)
    assert network.round() == {"looked up": 1}
    assert placed.results() == ["no_answer"]


def test_doubled_callbacks_are_one(placed: PlacedHouse) -> None:
    placed.complaint()
    network = Network(placed, Faults(callback_doubled=1.0))
    network.passes(hours=30)
    network.round()
    told = network.passes(seconds=1)
    assert len(told) == 4
    network.deliver(*told)
    says_no(network)
    network.deliver(*network.passes(seconds=1))
    is_reopened(placed)


def test_a_machine_told_of_later_hears_nothing_more_of_the_matter(placed: PlacedHouse) -> None:
    """An asynchronous detection comes after the greeting; the next turn knows of it."""
    placed.complaint()
    network = Network(placed)
    network.passes(hours=30)
    network.round()
    network.deliver(*network.passes(seconds=1))
    phone = network.taken_up("machine_start")
    words = [said.text for said in phone.heard]
    phone.detected("machine_start")
    while phone.waiting == "gather":
        phone.silence()
        words += [said.text for said in phone.heard]
    assert not any("Case" in said for said in words)
