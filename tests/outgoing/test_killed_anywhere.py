"""A worker, or a voice process, killed at any statement phones nobody twice and loses nobody; on both databases."""

from __future__ import annotations

import signal
from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from killed_child import LastingNetwork, ended, in_child, killed_at
from outgoing_house import KEYS, OutgoingHouse

MOST = 200


def number(n: int) -> str:
    return f"+8621555{n:05d}"


def killed(house: OutgoingHouse, statement: int, work: Any) -> bool:
    """Whether a child that does this was killed at that statement; else it came to its end before."""
    house.close()

    def run() -> None:
        with killed_at(statement):
            work()

    status = ended(in_child(run))
    assert status in (0, -signal.SIGKILL)
    return status != 0


def test_a_worker_killed_at_any_statement_of_placing(house: OutgoingHouse, tmp_path: Path) -> None:
    network = house.network = LastingNetwork(lambda: house.now, tmp_path / "network")
    for n in count(1):
        phone = number(n)
        house.told(n, phone=phone)
        house.now = datetime.fromisoformat(house.follow_up(n).due_at)
        went_on = not killed(house, n, house.round)
        house.now += timedelta(seconds=2)
        house.round()  # whoever was not claimed yet is phoned by the next worker
        house.now += timedelta(seconds=60)
        house.round()  # a doubtful one is found out about
        first_day = [each for each in network.log() if each["to"] == phone]
        assert len(first_day) <= 1, f"phoned twice after statement {n}"
        house.now += timedelta(minutes=15)
        house.round()
        house.now += timedelta(hours=24)
        if house.attempts(n)[-1].state != "placed":
            house.round()
        (call,) = [each for each in network.log() if each["to"] == phone]
        (attempt,) = [each for each in house.attempts(n) if each.call]
        assert call["call"] == attempt.call
        assert call["url"].endswith(attempt.attempt)
        house.hear(attempt.attempt, result="accepted", ended="completed")
        assert house.status(n) == "closed"
        if went_on:
            assert n > 15, "every statement was tried"
            return
        assert n < MOST


@pytest.mark.parametrize(
    ("news", "result", "after"),
    [
        ({"ended": "busy", "sequence": 3}, "busy", ("waiting", "follow_up_due")),
        ({"result": "not_accepted", "fields": {"reason": "slow"}, "turn": 3}, "not_accepted", ("done", "in_progress")),
        ({"result": "opted_out", "turn": 2}, "opted_out", ("done", "closed_unconfirmed")),
    ],
)
def test_whoever_settles_is_killed_at_any_statement_and_it_is_settled_once(
    house: OutgoingHouse, news: dict[str, Any], result: str, after: tuple[str, str]
) -> None:
    for n in count(1):
        house.told(n, phone=number(n))
        house.now = datetime.fromisoformat(house.follow_up(n).due_at)
        house.round()
        name = house.attempts(n)[-1].attempt
        went_on = not killed(house, n, lambda name=name: house.hear(name, **news))
        house.hear(name, **news)  # the provider tells it again
        assert house.results(n) == [result]
        assert (house.follow_up(n).state, house.status(n)) == after
        assert house.attempts(n)[-1].result == result
        house.hear(name, ended="completed", sequence=9)
        house.moves(n, ("withdrawn", {"reason": "r"})) if after[1] == "follow_up_due" else None
        if went_on:
            assert n > 4, "every statement was tried"
            return
        assert n < MOST


def test_four_workers_phone_two_hundred_customers_once_each_in_order(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    house = OutgoingHouse(database_url, KEYS.replace("pace: 1s", "pace: 1s, a_day: 500"))
    network = house.network = LastingNetwork(lambda: house.now, tmp_path / "network")
    for n in range(1, 201):
        house.told(n, phone=number(n))
        house.later(seconds=1)
    house.now = datetime.fromisoformat(house.follow_up(200).due_at)
    began, now = time.monotonic(), house.now
    house.close()

    def work() -> None:
        type(house).now = property(lambda _: now + timedelta(seconds=(time.monotonic() - began) * 20))  # type: ignore[assignment]
        house.__dict__.pop("now", None)
        until = time.monotonic() + 60
        while len(network.log()) < 200 and time.monotonic() < until:
            house.round()

    children = [in_child(work) for _ in range(4)]
    assert [ended(child) for child in children] == [0, 0, 0, 0]
    order = [int(each["to"][-5:]) for each in network.log()]
    assert Counter(order) == dict.fromkeys(range(1, 201), 1)
    assert max(abs(place - n) for place, n in enumerate(order, 1)) <= 20
    assert all(house.attempts(n)[0].state == "placed" for n in range(1, 201))
    house.close()
