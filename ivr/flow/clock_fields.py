"""`clock:` of a kind of case, as it stands in hotline.yaml: a name, or a time within opening hours."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag

from ivr.case.clock import CLOCKS, WITHOUT_HOURS, ClockName, ClockRule, OpenTime
from ivr.messages.message import Message
from ivr.steps.fields import Duration, Fields, NameField

SHORTEST, LONGEST = 60, 1000 * 3600
"""Seconds."""
NAMES = tuple(name for name in CLOCKS if name != WITHOUT_HOURS)


def _bounded(seconds: float) -> float:
    if SHORTEST <= seconds <= LONGEST:
        return seconds
    raise ValueError(Message("flow.hotline.clock-time"))


class OpenTimeFields(Fields):
    """A time within opening hours. Lint asks for the `hours`."""

    within: Annotated[Duration, AfterValidator(_bounded)]
    hours: NameField | None = None


def _name(text: Any) -> Any:
    if isinstance(text, str) and text in CLOCKS:
        return text
    raise ValueError(Message("flow.hotline.clock", options=NAMES))


def _form(raw: Any) -> str:
    return "a time" if isinstance(raw, dict | OpenTimeFields) else "a name"


ClockField = Annotated[
    Annotated[ClockName, BeforeValidator(_name), Tag("a name")] | Annotated[OpenTimeFields, Tag("a time")],
    Discriminator(_form),
]


def clock_of(written: ClockName | OpenTimeFields) -> ClockRule:
    """A clock as cases run on it; one that does not say its hours counts the clock on the wall."""
    if isinstance(written, OpenTimeFields):
        return OpenTime(int(written.within), written.hours or "")
    return written
