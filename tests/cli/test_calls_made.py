"""The calls to a customer on the page of their case: an hour in which the provider took none is one line."""

from __future__ import annotations

from typing import Any

import pytest

from ivr.cli.shared.outgoing_lines import calls_made


def attempt(n: int, state: str, result: str | None = None) -> dict[str, Any]:
    return {"n": n, "at": f"2026-03-03T10:{n:02d}:00+08:00", "state": state, "result": result}


def lines(*states: tuple[str, str | None]) -> list[str]:
    tried = [attempt(n, *each) for n, each in enumerate(states, 1)]
    return list(map(str, calls_made([{"attempts": tried, "why": "Done."}])))


NOT, BUSY, NO = ("refused", None), ("ended", "busy"), ("ended", "not_accepted")


def test_many_that_were_not_placed_are_one_line_before_the_call_that_was() -> None:
    assert lines(*[NOT] * 15, NO) == [
        "2026-03-03 10:01  calls 1 to 15: not placed, the last at 2026-03-03 10:15",
        "2026-03-03 10:16  call 16: the customer did not accept",
        "Done.",
    ]


@pytest.mark.parametrize("around", [(BUSY,), (NOT, NOT, BUSY), (BUSY, NOT, NOT)])
def test_what_was_placed_has_a_line_of_its_own(around: tuple[tuple[str, str | None], ...]) -> None:
    said = lines(*around, BUSY, *around)
    assert sum("busy" in line for line in said) == 3
    assert sum("not placed" in line for line in said) == (0 if len(around) == 1 else 2)


def test_one_that_was_not_placed_is_a_call_as_ever() -> None:
    assert lines(NOT, BUSY)[0] == "2026-03-03 10:01  call 1: not placed"


def test_tries_of_two_rounds_are_not_one_line() -> None:
    tried = [attempt(1, "refused"), attempt(2, "refused")]
    said = list(map(str, calls_made([{"attempts": tried, "why": "a"}, {"attempts": tried, "why": "b"}])))
    assert [line.split("  ")[-1] for line in said[:2]] == ["calls 1 to 2: not placed, the last at 2026-03-03 10:02"] * 2
    assert said[2:] == ["b"]
