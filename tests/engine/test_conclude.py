"""How a call ended: every combination of what happened has one ending, and each ending its cause."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import get_args

import pytest
from small import small_release

from ivr.call.events import (
    DISPOSITIONS,
    Disposition,
    Ending,
    Event,
    ExitTaken,
    PersonAsked,
    TransferBegun,
    TransferEnded,
)
from ivr.engine.conclude import conclude, ending_of, person_asked

YES_NO = (False, True)
PERSON: tuple[PersonAsked | None, ...] = (None, "nobody", "answered")
EVERY = [
    {"began": began, "said": said, "person": person, "whole_case": whole, "partial_case": partial}
    for began, said, person, whole, partial in product(YES_NO, [None, *DISPOSITIONS], PERSON, YES_NO, YES_NO)
]
DESK, BUSY, CLOSED = (ExitTaken("agent", "desk", exit) for exit in ("answered", "busy", "closed"))
RUNG, MISSED, MET = TransferBegun("agents"), TransferEnded("agents", "busy"), TransferEnded("agents", "answered")


def test_every_call_has_exactly_one_ending_and_all_of_them_occur() -> None:
    found = Counter(ending_of(**each) for each in EVERY)  # type: ignore[arg-type]
    assert sum(found.values()) == len(EVERY)
    assert set(found) == set(get_args(Ending))


@pytest.mark.parametrize("each", EVERY)
def test_an_ending_has_its_cause(each: dict[str, object]) -> None:
    ending = ending_of(**each)  # type: ignore[arg-type]
    assert (ending == "person") == (each["person"] == "answered")
    if ending == "failed":
        assert not each["began"] or each["said"] in ("failed", "limit")
    if ending in ("served", "message", "closed", "lost"):
        assert each["began"] and each["said"] not in ("failed", "limit")
        assert (ending == "served") == bool(each["whole_case"])
    if ending in ("closed", "lost"):
        assert not each["partial_case"]
        assert (ending == "closed") == (each["person"] == "nobody" or each["said"] == "out_of_hours")


@pytest.mark.parametrize(
    ("said", "person", "whole", "counts"),
    [
        (None, None, False, "abandoned"),
        (None, "nobody", False, "abandoned"),
        (None, None, True, "completed"),
        (None, "nobody", True, "completed"),
        (None, "answered", False, "transferred"),
        (None, "answered", True, "transferred"),
        ("out_of_hours", "answered", True, "out_of_hours"),
        ("completed", None, False, "completed"),
    ],
)
def test_what_the_flow_says_stands_and_the_rest_is_concluded(
    said: Disposition | None, person: PersonAsked | None, whole: bool, counts: Disposition
) -> None:
    assert conclude(said=said, person=person, whole_case=whole) == counts


@pytest.mark.parametrize(
    ("before", "events", "after"),
    [
        (None, [], None),
        (None, [ExitTaken("main", "menu", "投诉")], None),
        (None, [RUNG], None),
        (None, [MISSED, BUSY], "nobody"),
        (None, [CLOSED], "nobody"),
        (None, [MET, DESK], "answered"),
        ("nobody", [MET, DESK], "answered"),
        ("nobody", [ExitTaken("main", "menu", "投诉")], "nobody"),
        ("answered", [CLOSED], "answered"),
        ("answered", [MISSED, BUSY], "answered"),
    ],
)
def test_a_person_once_met_stands_and_a_desk_that_is_closed_is_nobody(
    before: PersonAsked | None, events: list[Event], after: PersonAsked | None
) -> None:
    assert person_asked(before, small_release(), events) == after
