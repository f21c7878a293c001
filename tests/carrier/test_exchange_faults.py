"""What goes wrong goes wrong alike in every run, and leaves the call placed or not as its name says."""

from __future__ import annotations

import pytest
from exchange_here import ALL_EVENTS, CALLS, URL, WISH, basic, exchange, form_of

from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.rest import Request, handle

PLACE = Request(method="POST", path=f"{CALLS}.json", form=form_of(WISH), authorization=basic())
STATUS = {"StatusCallback": f"{URL}/status", "StatusCallbackEvent": ALL_EVENTS}


@pytest.mark.parametrize(
    ("fault", "status", "placed"),
    [
        ("too_many", 429, 0),
        ("failed_before", 503, 0),
        ("failed_after", 500, 1),
        ("lost_before", None, 0),
        ("lost_after", None, 1),
    ],
)
def test_a_fault_spoils_the_answer_before_or_after_the_call_is_accepted(
    fault: str, status: int | None, placed: int
) -> None:
    made, _ = exchange(faults=Faults(**{fault: 1.0}))
    answer = handle(made, PLACE)
    assert (answer and answer.status) == status
    assert len(made.calls) == placed


def test_the_same_seed_makes_the_same_faults_in_any_order() -> None:
    faults = Faults(seed=7, too_many=0.1, failed_after=0.1, lost_before=0.1, callback_lost=0.2, callback_late=0.5)
    asked = [(f"+8621555{n:05d}", nth) for n in range(100) for nth in (1, 2)]
    forwards = {key: faults.of_request(*key) for key in asked}
    assert forwards == {key: faults.of_request(*key) for key in reversed(asked)}
    assert forwards != {key: Faults(seed=8, too_many=0.1, failed_after=0.1).of_request(*key) for key in asked}
    assert 30 < sum(1 for fault in forwards.values() if fault) < 90
    assert faults.of_callback("+1", 1, 2) == faults.of_callback("+1", 1, 2)


def callbacks_of(faults: Faults, calls: int = 60) -> list[list[str]]:
    """The sequence numbers of each call's callbacks in the order they come; all calls last ten seconds."""
    made, clock = exchange(faults=faults)
    made.a_second = 1000
    heard: dict[str, list[str]] = {}
    for n in range(calls):
        form = form_of({**WISH, "To": f"+86215551{n:04d}", **STATUS})
        assert handle(made, Request(method="POST", path=f"{CALLS}.json", form=form, authorization=basic()))
    for second in range(90):
        for each in made.advance():
            heard.setdefault(each.call, []).append(dict(each.pairs)["SequenceNumber"])
        for call in list(made.calls.values()):
            if call.status == "ringing":
                made.answer(call.sid)
            elif call.status == "in-progress" and second > 10:
                made.hang_up(call.sid)
        clock.pass_seconds(1)
    return list(heard.values())


def test_nothing_goes_wrong_unless_it_is_asked_for() -> None:
    assert callbacks_of(Faults()) == [["0", "1", "2", "3"]] * 60


def test_callbacks_are_lost() -> None:
    assert callbacks_of(Faults(callback_lost=1.0)) == []


def test_callbacks_are_doubled() -> None:
    assert callbacks_of(Faults(callback_doubled=1.0), calls=3) == [["0", "0", "1", "1", "2", "2", "3", "3"]] * 3


def test_late_callbacks_come_in_other_orders_and_none_is_missing() -> None:
    orders = callbacks_of(Faults(seed=3, callback_late=1.0, late_seconds=60))
    assert all(sorted(order) == ["0", "1", "2", "3"] for order in orders)
    assert len({tuple(order) for order in orders}) > 10
    assert any(order[0] == "3" for order in orders)
