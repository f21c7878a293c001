"""`hours`: open, closed, and where it is written a holiday."""

from __future__ import annotations

import pytest
from step_call import StepCall

DESK = "it: {hours: agents, open: in, closed: out}\n"
FESTIVE = "it: {hours: agents, open: in, closed: out, holiday: feast}\n"


@pytest.mark.parametrize(
    ("steps", "status", "exit", "at"),
    [
        (DESK, "open", "open", "in"),
        (DESK, "closed", "closed", "out"),
        (DESK, "holiday", "holiday", "out"),
        (FESTIVE, "open", "open", "in"),
        (FESTIVE, "closed", "closed", "out"),
        (FESTIVE, "holiday", "holiday", "feast"),
    ],
)
def test_it_goes_where_the_calendar_says(steps: str, status: str, exit: str, at: str) -> None:
    call = StepCall(steps, "in out feast", facts={"hours.agents": status})

    assert (call.exits, call.at, call.turn) == ([exit], at, 1)


@pytest.mark.parametrize("facts", [{}, {"hours.agents": "half open"}])
def test_hours_nobody_knows_are_closed(facts: dict[str, str]) -> None:
    assert StepCall(FESTIVE, "in out feast", facts=facts).exits == ["closed"]


def test_what_is_declared_is_what_is_done() -> None:
    declared = StepCall(DESK, "in out").declared

    assert {exit: str(to) for exit, to in declared.exits.items()} == {"open": "in", "closed": "out", "holiday": "out"}
    assert declared.reads == {"hours.agents"}
