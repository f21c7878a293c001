"""Who has waited longest is phoned first, whatever kept them waiting; on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from outgoing_house import KEYS, NEXT_MORNING, OutgoingHouse
from small import small_release

from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import NotPlaced
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.rows import stamp

TOO_MANY = NotPlaced(sentence=Message("outgoing.never-found"), again=True)
OUR_FAULT = NotPlaced(sentence=Message("outgoing.never-found"))
EVENING = NEXT_MORNING.replace(hour=12)
"""20:00 in Shanghai: nobody is phoned before the next morning."""


def number(n: int) -> str:
    return f"+86215550012{n}"


def due(house: OutgoingHouse, *minutes: int) -> None:
    """Customers 1, 2 and so on, told in this order, and due so many minutes after the hours began."""
    for n, after in enumerate(minutes, 1):
        house.told(n, phone=number(n))
        at = stamp(NEXT_MORNING + timedelta(minutes=after))
        house.store.run(f"UPDATE follow_ups SET due_at = '{at}' WHERE number = {n}", {}, returns=False)


def phoned(house: OutgoingHouse, rounds: int = 12) -> Sequence[str]:
    """The last digits of whom is phoned in the next rounds, one each second."""
    before = len(house.network.asked)
    for _ in range(rounds):
        house.round()
        house.later(seconds=1)
    return [each.to[-1] for each in house.network.asked[before:]]


@pytest.mark.parametrize("minutes", [*permutations((0, 1, 2))], ids=str)
def test_a_night_changes_no_order(house: OutgoingHouse, minutes: Sequence[int]) -> None:
    due(house, *minutes)
    house.now = EVENING
    assert phoned(house, 3) == []
    house.now = NEXT_MORNING + timedelta(days=1)
    assert phoned(house) == [str(n + 1) for n in sorted(range(3), key=minutes.__getitem__)]


def test_a_letter_that_was_due_later_lets_a_telephone_call_go_first(house: OutgoingHouse) -> None:
    """Told on Monday by letter: due a week later. Told on Thursday by telephone: due on Friday."""
    house.told(1, phone=number(1), how="letter")
    house.later(days=3)
    house.told(2, phone=number(2))
    house.now = NEXT_MORNING + timedelta(days=6, hours=11)
    assert phoned(house, 2) == []
    house.later(hours=14)
    assert phoned(house) == ["2", "1"]


@pytest.mark.parametrize(("answer", "wait"), [(TOO_MANY, {"seconds": 11}), (OUR_FAULT, {"minutes": 16})])
def test_who_was_certainly_not_phoned_keeps_the_place(house: OutgoingHouse, answer: Any, wait: Any) -> None:
    due(house, 2, 1, 0)
    house.now = NEXT_MORNING + timedelta(hours=1)
    house.network.answers = [answer]
    assert phoned(house, 1) == ["3"]
    house.store.set_switch("outgoing.calls", on=False)
    house.later(**wait)
    house.store.set_switch("outgoing.calls", on=True)
    assert phoned(house) == ["3", "2", "1"]


def test_meanwhile_the_others_are_phoned(house: OutgoingHouse) -> None:
    due(house, 2, 1, 0)
    house.now = NEXT_MORNING + timedelta(hours=1)
    house.network.answers = [OUR_FAULT]
    assert phoned(house, 20) == ["3", "2", "1"]


def test_a_number_phoned_too_often_keeps_its_place(house: OutgoingHouse) -> None:
    house.release = small_release(keys=KEYS.replace("pace: 1s", "pace: 1s, each_number: 1"))
    house.told(4, phone=number(1))
    house.now = NEXT_MORNING
    house.round()
    house.hear(house.attempts(4)[-1].attempt, result="accepted", ended="completed")
    house.now = NEXT_MORNING - timedelta(days=1) + timedelta(hours=2)
    due(house, 1, 2)
    house.now = NEXT_MORNING + timedelta(minutes=5)
    assert phoned(house, 2) == ["2"]
    house.told(3, phone=number(3), how="phone")
    house.now = NEXT_MORNING + timedelta(days=1, minutes=1)
    assert phoned(house) == ["1", "3"]


def test_another_number_keeps_the_place_and_is_phoned_by_its_own_clock(house: OutgoingHouse) -> None:
    due(house, 0, 1, 2)
    house.now = EVENING
    assert phoned(house, 3) == []
    house.moves(1, ("contact", {"phone": number(4)}))
    house.now = NEXT_MORNING + timedelta(days=1)
    assert phoned(house) == ["4", "2", "3"]


def test_who_was_put_off_is_shown_when_they_are_phoned(house: OutgoingHouse) -> None:
    due(house, 1)
    house.now = EVENING
    house.round()
    reports = OutgoingReports(house.ports, allowed=True)
    assert reports.of_case(1)[0]["due_at"] == "2026-03-04T09:30:00+08:00"
    assert "2026-03-04 09:30" in reports.why(number(1)).said


def test_who_is_put_off_is_not_counted_as_due(house: OutgoingHouse, database_url: str) -> None:
    from ivr.storage.figures import FigureRows

    due(house, 0)
    house.store.run(
        "UPDATE follow_ups SET due_at = '2020-01-01T00:00:00.000000+00:00', not_before = NULL", {}, returns=False
    )
    assert FigureRows(database_url).read().follow_ups_due == 1
    house.store.run("UPDATE follow_ups SET not_before = '2199-01-01T00:00:00.000000+00:00'", {}, returns=False)
    assert FigureRows(database_url).read().follow_ups_due == 0


@pytest.mark.parametrize(("answer", "wait"), [(TOO_MANY, {"seconds": 11}), (OUR_FAULT, {"minutes": 16})])
def test_who_was_certainly_not_phoned_is_shown_when_they_are_tried_again(
    house: OutgoingHouse, answer: Any, wait: Any
) -> None:
    due(house, 0)
    house.now = NEXT_MORNING + timedelta(hours=1)
    house.network.answers = [answer]
    house.round()
    house.later(seconds=2)
    why = OutgoingReports(house.ports, allowed=True).why(number(1))
    assert (why.code, why.again) == ("not_due", datetime.fromisoformat(house.follow_up().not_before))
    house.later(**wait)
    assert OutgoingReports(house.ports, allowed=True).why(number(1)).code == "now"
