"""What became of thousands of follow-ups: by what the exchange saw and the database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from follow_up_house import ZONES, FollowUpHouse
from sqlalchemy import Engine, func, select

from ivr.carrier.exchange.judging import one
from ivr.carrier.exchange.placed_call import PlacedCall
from ivr.storage.bulk import engine
from ivr.storage.tables import attempts, cases, follow_ups


@dataclass(slots=True)
class Found:
    """What was counted. `wrong` must be 0 each."""

    told: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)


def judge(house: FollowUpHouse, blocked: Mapping[str, datetime]) -> Found:
    """Judge a run that is over; `blocked` are numbers, and since when each."""
    made = engine(house.place.url)
    calls = sorted(house.exchange.calls.values(), key=lambda call: call.made)
    by_number: dict[str, list[PlacedCall]] = {}
    for call in calls:
        by_number.setdefault(call.to, []).append(call)
    rows = _rows(made, select(follow_ups))
    tried = {row.attempt: row for row in _rows(made, select(attempts))}
    of_attempt = Counter(one(call.wishes, "Url").rsplit("/", 1)[-1] for call in calls)
    closed = _rows(made, select(func.count()).select_from(cases).where(cases.c.status == "closed"))[0][0]
    accepted = [row for row in rows if (row.state, row.reason) == ("done", "accepted")]
    faults = Counter(
        fault
        for number, asked in house.exchange.asked.items()
        for nth in range(1, asked + 1)
        if (fault := house.exchange.faults.of_request(number, nth))
    )
    often = Counter(row.follow_up for row in tried.values())
    again = {row.to for row in rows if often[row.follow_up] > 1}
    found = Found()
    found.told = {
        "follow-ups": len(rows), "of them blocked, before or meanwhile": len(blocked),
        "requests for a call": sum(house.exchange.asked.values()),
        **{f"... {each}": faults[each] for each in sorted(faults)},
        "attempts": len(tried), "calls placed": len(calls),
        "accepted, and the case closed": min(len(accepted), closed),
        "farthest out of turn, of those tried once": _displaced(house, by_number, {*blocked, *again}),
    }  # fmt: skip
    found.wrong = {
        "lost: neither blocked nor accepted": sum(row.to not in blocked for row in rows) - sum(
            row.to not in blocked for row in accepted
        ),
        "accepted, and the case not closed": abs(len(accepted) - closed),
        "attempts with two calls": sum(count > 1 for count in of_attempt.values()),
        "calls that no attempt explains": sum(name not in tried for name in of_attempt),
        "attempts left open": sum(row.state in ("intended", "placed") for row in tried.values()),
        "phoned again after they had answered": sum(map(_again, by_number.values())),
        "phoned outside their hours": sum(not _decent(call) for call in calls),
        "phoned while blocked": sum(
            tried[name].intended_at > blocked[call.to].isoformat()
            for call in calls
            if call.to in blocked and (name := one(call.wishes, "Url").rsplit("/", 1)[-1]) in tried
        ),
        "calls that told nonsense": len(house.troubles),
    }  # fmt: skip
    return found


def _rows(made: Engine, statement: Any) -> Any:
    with made.connect() as connection:
        return connection.execute(statement).all()


def _again(calls: list[PlacedCall]) -> bool:
    """Whether a number was phoned once more although an earlier call was answered."""
    return any(call.answered is not None for call in calls[:-1])


def _decent(call: PlacedCall) -> bool:
    ahead = next(hours for prefix, hours in ZONES.items() if call.to.startswith(prefix))
    local = call.made + timedelta(hours=ahead)
    minutes = local.hour * 60 + local.minute
    return local.weekday() < 5 and 9 * 60 + 30 <= minutes < 19 * 60 + 30


def _displaced(house: FollowUpHouse, by_number: Mapping[str, list[PlacedCall]], others: set[str]) -> int:
    """By how many places anybody was phoned before or after their turn, among those of the hotline's own zone.
    `others` had another turn: blocked, or tried again after a worker was killed with their call."""
    plain = [
        number
        for number, calls in by_number.items()
        if number.startswith("+8621") and house.exchange.asked[number] == len(calls) == 1 and number not in others
    ]
    order = sorted(plain, key=lambda number: by_number[number][0].made)
    place = {number: n for n, number in enumerate(sorted(plain, key=lambda number: int(number[-5:])))}
    return max((abs(place[number] - n) for n, number in enumerate(order)), default=0)
