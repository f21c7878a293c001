"""What a survey found: counts that add up, shares with their bounds, and a list that computes nothing."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.service.surveys.survey_csv import survey_csv
from ivr.service.surveys.survey_figures import Answered, figures, spread


def one(n: int, result: str = "", rating: str = "", resolved: str = "", state: str = "done") -> Answered:
    answers = {name: value for name, value in (("rating", rating), ("resolved", resolved)) if value}
    return Answered(f"survey-1-{n}", "+8621•••••123", "zh-CN", state, "", int(bool(result)), result, "", answers)


def test_the_counts_of_a_survey() -> None:
    rows = [
        one(1, "accepted", "5", "yes"), one(2, "accepted", "2", "no"), one(3, "accepted", "4"), one(4, "later"),
        one(5, "busy"), one(6, "machine"), one(7, state="waiting"),
    ]  # fmt: skip

    found = figures(rows)

    assert {name: found[name] for name in ("n", "phoned", "reached", "answered", "waiting")} == {
        "n": 7, "phoned": 6, "reached": 4, "answered": 3, "waiting": 1,
    }  # fmt: skip
    assert found["results"] == {"accepted": 3, "busy": 1, "later": 1, "machine": 1}
    assert found["ratings"] == {"2": 1, "4": 1, "5": 1}
    assert found["csat"] == {"n": 3, "share": 0.6667, "low": 0.2077, "high": 0.9385}
    assert found["resolved"] == {"n": 2, "share": 0.5, "low": 0.0945, "high": 0.9055}


def test_of_no_answers_there_is_no_share() -> None:
    assert (figures([])["csat"], figures([one(1, "busy")])["resolved"]) == (None, None)


@pytest.mark.parametrize(  # R 4.3, binom::binom.confint(hits, n, method = "wilson")
    ("hits", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_the_bounds_are_wilson_s(hits: int, n: int, low: float, high: float) -> None:
    found = spread(hits, n)
    assert found is not None and (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_between_its_bounds_and_they_within_0_and_1(drawn: tuple[int, int]) -> None:
    found = spread(*drawn)
    assert found is not None and 0 <= found.low <= found.share <= found.high <= 1


@given(st.text(), st.text())
def test_no_cell_is_a_formula_and_each_can_be_read_back(name: str, said: str) -> None:
    row = Answered("survey-1-1", "+86", "zh-CN", "done", "", 1, "accepted", "", {"rating": said, f"x{name}": "=1+1"})

    lines = list(csv.reader(io.StringIO(survey_csv([row]), newline="")))

    assert not any(cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines for cell in line)
    assert lines[1][lines[0].index("rating")].removeprefix("'") == said.removeprefix("'")
