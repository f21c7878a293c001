"""How a call ended: every combination of what happened has one ending, and each ending its cause."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import get_args

import pytest
from small import small_release

from ivr.call.events import (
    DISPOSITIONS,
    FOLLOW_UP_RESULTS,
    Disposition,
    Ending,
    Event,
    ExitTaken,
    FollowUpResult,
    PersonAsked,
    TransferBegun,
    TransferEnded,
)
from ivr.engine.conclude import conclude, ending_of, person_asked, said_of_end

YES_NO = (False, True)
PERSON: tuple[PersonAsked | None, ...] = (None, "nobody", "answered")
EVERY = [
    {"began": began, "said": said_of_end(said, result), "person": person, "whole_case": whole, "partial_case": partial}
    for began, said, person, whole, partial, result in product(
        YES_NO, [None, *DISPOSITIONS], PERSON, YES_NO, YES_NO, [None, *FOLLOW_UP_RESULTS]
    )
]
DESK, BUSY, CLOSED = (ExitTaken("agent", "desk", exit) for exit in ("answered", "busy", "closed"))
RUNG, MISSED, MET = TransferBegun("agents"), TransferEnded("agents", "busy"), TransferEnded("agents", "answered")


def test_every_call_has_exactly_one_ending_and_all_of_them_occur() -> None:
    found = Counter(ending_of(**each) for each in EVERY)  # type: ignore[arg-type]
    assert sum(found.values()) == len(EVERY)
    assert set(found) == set(get_args(Ending))


def test_an_ending_has_its_cause() -> None:
    for each in EVERY:
        ending = ending_of(**each)  # type: ignore[arg-type]
        word = each["said"] in ("accepted", "not_accepted", "opted_out")
        assert (ending == "person") == (each["person"] == "answered")
        if ending == "failed":
            assert not each["began"] or each["said"] in ("failed", "limit")
        if ending in ("served", "message", "closed", "lost"):
            assert each["began"] and each["said"] not in ("failed", "limit")
            assert (ending == "served") == (bool(each["whole_case"]) or word and not each["partial_case"])
        if ending in ("closed", "lost"):
            assert not each["partial_case"]
            nobody = each["person"] == "nobody" or each["said"] == "out_of_hours"
            assert (ending == "closed") == (nobody or each["said"] in ("wrong_person", "machine"))


@pytest.mark.parametrize(
    ("result", "ending"),
    [("accepted", "served"), ("not_accepted", "served"), ("opted_out", "served"), ("wrong_person", "closed"),
     ("machine", "closed"), ("later", "lost"), ("unclear", "lost"), ("person", "lost"), (None, "lost")],
)  # fmt: skip
@pytest.mark.parametrize("said", [None, "completed"])
def test_a_call_of_ours_ends_as_its_result_says(
    result: FollowUpResult | None, ending: str, said: Disposition | None
) -> None:
    told = said_of_end(said, result)
    found = ending_of(began=True, said=told, person=None, whole_case=False, partial_case=False)
    assert found == ending


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
