"""How a call ended: every combination of what happened has one ending, and each ending its cause."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import get_args

import pytest

from ivr.call.events import DISPOSITIONS, Disposition, Ending
from ivr.engine.conclude import conclude, ending_of

YES_NO = (False, True)
EVERY = [
    {"began": began, "said": said, "transferred": transferred, "whole_case": whole, "partial_case": partial}
    for began, said, transferred, whole, partial in product(YES_NO, [None, *DISPOSITIONS], YES_NO, YES_NO, YES_NO)
]


def test_every_call_has_exactly_one_ending_and_all_of_them_occur() -> None:
    found = Counter(ending_of(**each) for each in EVERY)  # type: ignore[arg-type]
    assert sum(found.values()) == len(EVERY)
    assert set(found) == set(get_args(Ending))


@pytest.mark.parametrize("each", EVERY)
def test_an_ending_has_its_cause(each: dict[str, object]) -> None:
    ending = ending_of(**each)  # type: ignore[arg-type]
    assert (ending == "person") == bool(each["transferred"])
    if ending == "failed":
        assert not each["began"] or each["said"] in ("failed", "limit")
    if ending in ("served", "message", "closed", "lost"):
        assert each["began"] and each["said"] not in ("failed", "limit")
        assert (ending == "served") == bool(each["whole_case"])
    if ending in ("closed", "lost"):
        assert not each["partial_case"]


@pytest.mark.parametrize(
    ("said", "transferred", "whole", "counts"),
    [
        (None, False, False, "abandoned"),
        (None, False, True, "completed"),
        (None, True, False, "transferred"),
        (None, True, True, "transferred"),
        ("out_of_hours", True, True, "out_of_hours"),
        ("completed", False, False, "completed"),
    ],
)
def test_what_the_flow_says_stands_and_the_rest_is_concluded(
    said: Disposition | None, transferred: bool, whole: bool, counts: Disposition
) -> None:
    assert conclude(said=said, transferred=transferred, whole_case=whole) == counts
