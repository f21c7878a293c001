"""`clock:` of a kind of case and `clocks:`, as they stand in hotline.yaml."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from ivr.case.clock import CLOCKS, Counted, DayClock, OpenTime
from ivr.messages.message import Message
from ivr.steps.fields import CountField, Duration, Fields, NameField, YesNo

SHORTEST, LONGEST = 60, 1000 * 3600
"""Seconds."""


def _bounded(seconds: float) -> float:
    if SHORTEST <= seconds <= LONGEST:
        return seconds
    raise ValueError(Message("clock.field.within"))


class OpenTimeFields(Fields):
    """A time within opening hours. Lint asks for the `hours`."""

    within: Annotated[Duration, AfterValidator(_bounded)]
    hours: NameField | None = None
    pauses: YesNo = False


class DayClockFields(Fields):
    """A clock of the house's own, which counts days. `pauses` is read so that lint can say that days do not pause."""

    days: Annotated[CountField, Field(ge=1, le=1000)]
    of: Counted = "days"
    then: list[Annotated[CountField, Field(ge=1, le=1000)]] = []
    summary: Annotated[CountField, Field(ge=1, le=1000)] | None = None
    source: Annotated[str, Field(min_length=1)] | None = None
    pauses: YesNo = False

    @model_validator(mode="after")
    def _rises(self) -> Self:
        ladder = [self.days, *self.then]
        if sorted(set(ladder)) != ladder:
            raise ValueError(Message("clock.field.ladder", days=self.days, longer=self.days * 2, longest=self.days * 3))
        return self


def _name(text: Any) -> Any:
    """Whether there is such a clock, lint says: a house has clocks of its own."""
    if isinstance(text, str) and text:
        return text
    raise ValueError(Message("clock.field.write", options=(*CLOCKS, "none")))


def _form(raw: Any) -> str:
    return "a time" if isinstance(raw, dict | OpenTimeFields) else "a name"


ClockField = Annotated[
    Annotated[str, BeforeValidator(_name), Tag("a name")] | Annotated[OpenTimeFields, Tag("a time")],
    Discriminator(_form),
]


def clock_of(written: str | OpenTimeFields) -> str:
    """A clock as cases hold it; one that does not say its hours counts the clock on the wall."""
    if isinstance(written, OpenTimeFields):
        hours = written.hours or ""
        return str(OpenTime(int(written.within), hours, written.pauses and bool(hours)))
    return written


def day_clock(name: str, fields: DayClockFields) -> DayClock:
    """A clock of the house's own."""
    return DayClock(name, fields.days, fields.of, tuple(fields.then), fields.summary or 0, fields.source or "")
