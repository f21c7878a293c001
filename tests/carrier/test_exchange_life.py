"""A placed call lives: it waits, rings, is taken up or not, ends, and its owner is told of each."""

from __future__ import annotations

from typing import Any

import pytest
from exchange_here import ALL_EVENTS, CALLS, CUSTOMER, OURS, URL, basic, code, exchange, get, place

from ivr.carrier.exchange.callbacks import Callback
from ivr.carrier.exchange.exchange import CallOver, Exchange
from ivr.carrier.exchange.rest import Request, handle

FIRST = f"CA{1:032x}"
STATUS = f"{URL}/status#rc=2&rp=5xx,ct,rt"


def told(callbacks: list[Callback], *names: str) -> list[tuple[str, ...]]:
    return [tuple(dict(each.pairs).get(name, "-") for name in names) for each in callbacks]


def ringing(**wishes: Any) -> tuple[Exchange, Any]:
    made, clock = exchange()
    place(made, StatusCallback=STATUS, StatusCallbackEvent=ALL_EVENTS, **wishes)
    return made, clock


def status(made: Exchange) -> str:
    return str(get(made, f"{CALLS}/{FIRST}.json")["status"])


def test_a_call_is_told_of_from_the_first_ring_to_its_end() -> None:
    made, clock = ringing()
    assert status(made) == "queued"
    heard = made.advance()
    clock.pass_seconds(4)
    made.answer(FIRST)
    assert status(made) == "in-progress"
    clock.pass_seconds(61.4)
    made.hang_up(FIRST)
    heard += made.advance()
    assert told(heard, "CallStatus", "SequenceNumber", "CallDuration", "Duration") == [
        ("initiated", "0", "-", "-"), ("ringing", "1", "-", "-"), ("in-progress", "2", "-", "-"),
        ("completed", "3", "61", "2"),
    ]  # fmt: skip
    assert {each.url for each in heard} == {STATUS}
    assert told(heard[:1], "CallSid", "From", "To", "Direction", "CallbackSource", "Timestamp") == [
        (FIRST, OURS, CUSTOMER, "outbound-api", "call-progress-events", "Mon, 02 Mar 2026 12:00:00 +0000"),
    ]  # fmt: skip


def test_the_end_alone_is_told_where_no_events_are_named() -> None:
    made, _ = exchange()
    place(made, StatusCallback=STATUS)
    made.advance()
    made.answer(FIRST)
    made.hang_up(FIRST)
    assert told(made.advance(), "CallStatus", "SequenceNumber") == [("completed", "0")]


def test_nothing_is_told_where_nobody_asked() -> None:
    made, _ = exchange()
    place(made)
    made.advance()
    made.answer(FIRST)
    made.hang_up(FIRST)
    assert made.advance() == []


def test_nobody_answers_within_the_ringing_time() -> None:
    made, clock = ringing(Timeout="30")
    made.advance()
    clock.pass_seconds(29)
    made.advance()
    assert status(made) == "ringing"
    clock.pass_seconds(1)
    assert told(made.advance(), "CallStatus", "CallDuration") == [("no-answer", "0")]
    assert get(made, f"{CALLS}/{FIRST}.json")["duration"] is None


@pytest.mark.parametrize("how", ["busy", "no-answer", "failed", "canceled"])
def test_a_call_is_not_taken_up(how: Any) -> None:
    made, _ = ringing()
    made.advance()
    made.decline(FIRST, how)
    assert told(made.advance(), "CallStatus", "SequenceNumber") == [(how, "2")]
    assert made.ringing() == []


def test_the_network_ends_a_call_that_lasts_too_long() -> None:
    made, clock = ringing(TimeLimit="900")
    made.advance()
    made.answer(FIRST)
    clock.pass_seconds(901)
    assert told(made.advance(), "CallStatus", "CallDuration")[-1] == ("completed", "900")
    with pytest.raises(CallOver):
        made.hang_up(FIRST)


def test_a_call_cannot_be_answered_before_it_rings_or_twice() -> None:
    made, _ = ringing()
    with pytest.raises(CallOver):
        made.answer(FIRST)
    made.advance()
    made.answer(FIRST)
    for again in (lambda: made.answer(FIRST), lambda: made.decline(FIRST, "busy"), lambda: made.answer("CA0")):
        with pytest.raises(CallOver):
            again()


def test_calls_that_come_faster_than_they_are_dialled_wait() -> None:
    made, clock = exchange()
    for n in range(3):
        place(made, To=f"+86215550123{n}")
    made.advance()
    assert [call.to for call in made.ringing()] == ["+862155501230"]
    clock.pass_seconds(1)
    made.advance()
    assert len(made.ringing()) == 2
    clock.pass_seconds(1)
    made.advance()
    assert [made.calls[f"CA{n:032x}"].resource()["queue_time"] for n in (1, 2, 3)] == ["0", "1000", "2000"]


def test_a_queue_of_more_than_a_day_takes_no_more() -> None:
    made, _ = exchange()
    made.a_second = 1 / 86_400
    assert place(made).status == 201
    assert place(made).status == 201
    answer = place(made)
    assert code(answer) == (429, 20429)
    assert answer.headers["Retry-After"]


@pytest.mark.parametrize(("wanted", "ends"), [("canceled", "canceled"), ("completed", "canceled")])
def test_a_call_that_waits_can_be_taken_back(wanted: str, ends: str) -> None:
    made, _ = ringing()
    asked = Request(method="POST", path=f"{CALLS}/{FIRST}.json", form={"Status": [wanted]}, authorization=basic())
    answer = handle(made, asked)
    assert answer is not None
    assert answer.status == 200
    assert told(made.advance(), "CallStatus") == [(ends,)]
    assert status(made) == ends
    answer = handle(made, asked)
    assert answer is not None
    assert code(answer) == (400, 21220)


def test_a_synchronous_detection_is_told_with_the_answer() -> None:
    made, _ = ringing(MachineDetection="Enable")
    made.advance()
    assert made.answer(FIRST, "machine_start").answered_by == "machine_start"
    assert told(made.advance(), "CallStatus", "AnsweredBy") == [("in-progress", "machine_start")]
    assert get(made, f"{CALLS}/{FIRST}.json")["answered_by"] == "machine_start"


def test_an_asynchronous_detection_comes_a_while_later_by_itself() -> None:
    made, clock = ringing(MachineDetection="Enable", AsyncAmd="true", AsyncAmdStatusCallback=f"{URL}/detected")
    made.advance()
    made.answer(FIRST, "machine_start")
    assert told(made.advance(), "CallStatus", "AnsweredBy") == [("in-progress", "-")]
    clock.pass_seconds(5)
    found = made.advance()
    assert [each.url for each in found] == [f"{URL}/detected"]
    names = [name for name, _ in found[0].pairs]
    assert names == ["CallSid", "AccountSid", "AnsweredBy", "MachineDetectionDuration"]
    assert dict(found[0].pairs)["AnsweredBy"] == "machine_start"


def test_who_answered_is_not_told_where_nobody_asked() -> None:
    made, _ = ringing()
    made.advance()
    made.answer(FIRST, "machine_start")
    assert told(made.advance(), "AnsweredBy") == [("-",)]


def test_who_waits_for_a_ring_is_woken_by_it() -> None:
    made, _ = exchange()
    assert made.wait_for_ringing(0.01) == []
    place(made)
    made.advance()
    assert [call.sid for call in made.wait_for_ringing(5)] == [FIRST]
