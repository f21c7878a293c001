"""Time that passes in stretches only: when so much of it has passed, with spans left out in which it stood still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

Stretch = tuple[datetime, datetime]


def in_order(spans: Iterable[Stretch]) -> list[Stretch]:
    """Spans of time as they follow each other, in UTC; those that touch are put into one, empty ones left out."""
    found: list[Stretch] = []
    for begin, end in sorted((begin.astimezone(UTC), end.astimezone(UTC)) for begin, end in spans):
        if begin >= end:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def run_out(stretches: Iterable[Stretch], span: timedelta, left_out: Sequence[Stretch] = ()) -> datetime | None:
    """When so much time has passed in the stretches (in UTC), outside what is left out (in order); None: they end
    before."""
    for stretch in stretches:
        for begin, end in _without(stretch, left_out):
            if end - begin >= span:
                return begin + span
            span -= end - begin
    return None


def _without(stretch: Stretch, left_out: Sequence[Stretch]) -> Iterator[Stretch]:
    begin, end = stretch
    for stop, go_on in left_out:
        if stop >= end:
            break
        if begin < stop:
            yield begin, stop
        begin = max(begin, go_on)
    if begin < end:
        yield begin, end
