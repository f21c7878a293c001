"""Deadlines against those that others worked out: by hand, and with other libraries (tests/case/dates)."""

from __future__ import annotations

from datetime import datetime

import pytest
from clock_tables import Row, calendars, pauses_of, rows

from ivr.case.deadline import deadline, summary_until

ROWS = list(rows())


def test_the_table_is_as_large_as_it_says() -> None:
    assert len(ROWS) >= 49 + 200
    assert len(ROWS) == len(set(ROWS))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_case_is_due_when_others_say(row: Row) -> None:
    here, start = calendars(row.zone, row.region), datetime.fromisoformat(row.start)
    if row.clock.endswith(" summary"):
        day = summary_until(row.clock.removesuffix(" summary"), start, here)
        assert day is not None and day.isoformat() == row.due
        return

    found = deadline(row.clock, start, here, pauses_of(row))

    assert found is not None
    if found.spoken == "time":
        assert found.at.isoformat(timespec="minutes") == row.due
    else:
        assert found.day.isoformat() == row.due
        assert found.at.isoformat()[:19] == f"{row.due}T23:59:59"
