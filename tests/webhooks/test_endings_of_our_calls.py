"""What the customer got of a call that we placed: by their own word, whichever report of its end comes first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from placed_house import PlacedHouse

CALLS: dict[str, tuple[Sequence[str | None], str]] = {
    "accepted": (["1", "1"], "served"),
    "not accepted": (["1", "2"], "served"),
    "not accepted, and told why": (["1", "2", "1"], "served"),
    "wants no calls": (["4"], "served"),
    "somebody else": (["2"], "closed"),
    "silent until another time": ([None, None], "lost"),
    "silent at the question": (["1", None, None], "lost"),
    "gone at once": ([], "lost"),
    "gone at the question": (["1"], "lost"),
}


@pytest.fixture
def house(tmp_path: Path) -> PlacedHouse:
    return PlacedHouse(tmp_path)


@pytest.mark.parametrize("told_at", ["before the last turn", "after it"])
@pytest.mark.parametrize(("keys", "ending"), CALLS.values(), ids=CALLS)
def test_a_call_of_ours_ends_by_the_customer_s_word(
    house: PlacedHouse, keys: Sequence[str | None], ending: str, told_at: str
) -> None:
    house.complaint()
    attempt = house.dial(days=1)
    house.say(f"/voice/out/{attempt}")
    assert house.rows("SELECT ending FROM calls WHERE attempt IS NOT NULL") == [(None,)]
    for turn, key in enumerate(keys, 2):
        if told_at == "before the last turn" and turn == len(keys) + 1:
            house.tell(attempt, "completed", ("SequenceNumber", "3"))
        house.say(f"/voice/t/{turn}", *([("Digits", key)] if key else []))
    house.tell(attempt, "completed", ("SequenceNumber", "3"))
    assert house.rows("SELECT ending FROM calls WHERE attempt IS NOT NULL") == [(ending,)]


def test_a_machine_that_answers_is_nobody(house: PlacedHouse) -> None:
    house.complaint()
    attempt = house.dial(days=1)
    house.say(f"/voice/out/{attempt}", ("AnsweredBy", "machine_start"))
    house.tell(attempt, "completed", ("SequenceNumber", "3"))
    assert house.rows("SELECT ending FROM calls WHERE attempt IS NOT NULL") == [("closed",)]
