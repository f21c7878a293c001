"""Dates in figures, as recognisers write them: 2026-03-02, 20260302, 3/2/2026, 4/22."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ivr.speech.reckoning import Reckoning

_MARK = r"([-/. ])"
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_MARK}(\d{{1,2}})\2(\d{{1,2}})")
_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})([-/])(\d{1,2})")


def in_figures(groups: Sequence[str], reckoning: Reckoning) -> date | None:
    """The day that figures name; None where they name none, or their order may be another."""
    said = " ".join(groups).replace(" - ", "-")
    if found := _YEAR_FIRST.fullmatch(said):
        return reckoning.of(int(found[1]), int(found[3]), int(found[4]))
    if found := _TOGETHER.fullmatch(said):
        return reckoning.of(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(said):
        year = reckoning.whole_year(found[4])
        return _ordered(year, int(found[1]), int(found[3]), reckoning) if year is not None else None
    if found := _NO_YEAR.fullmatch(said):
        first, second = int(found[1]), int(found[3])
        if found[2] == "/" or max(first, second) > 12:
            return _ordered(None, first, second, reckoning)
    return None


def _ordered(year: int | None, first: int, second: int, reckoning: Reckoning) -> date | None:
    """Month and day in the country's order, or in the only one that is possible."""
    order = reckoning.order if year is None or reckoning.order != "ymd" else ""
    month_first, day_first = reckoning.of(year, first, second), reckoning.of(year, second, first)
    if order in ("mdy", "ymd"):
        return month_first or day_first
    if order == "dmy":
        return day_first or month_first
    return (month_first or day_first) if not (month_first and day_first) or month_first == day_first else None
