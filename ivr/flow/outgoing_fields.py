"""`outgoing:` in hotline.yaml: the flows that calls of our own begin in, and when those may be made."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from ivr.flow.promises import Occurrence, OccurrenceField
from ivr.messages.message import Message
from ivr.steps.fields import CountField, Duration, Fields, PromptField, YesNo

Detection = Literal["off", "sync", "async"]


def _first_try(text: Any) -> int:
    found = re.fullmatch(r"after ([0-9]{1,2}) workdays?", text) if isinstance(text, str) else None
    if not found:
        raise ValueError(Message("flow.outgoing.first-try"))
    return int(found[1])


def _between(text: Any) -> tuple[time, time]:
    found = (
        re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text) if isinstance(text, str) else None
    )
    if not found:
        raise ValueError(Message("flow.outgoing.between"))
    first, last = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if first >= last:
        raise ValueError(Message("flow.outgoing.between-reversed"))
    return first, last


def _prefix(text: Any) -> str:
    if isinstance(text, str) and re.fullmatch(r"\+[1-9][0-9]{0,14}", text):
        return text
    raise ValueError(Message("flow.outgoing.prefix"))


def _own_number(text: Any) -> str:
    if isinstance(text, str) and re.fullmatch(r"\+[1-9]\d{5,14}", text):
        return text
    raise ValueError(Message("flow.outgoing.from"))


def _name(text: Any) -> Any:
    return None if text == "no" else text


def _zones(raw: Any) -> tuple[str, ...]:
    names = raw if isinstance(raw, list | tuple) else [raw]
    try:
        return tuple(ZoneInfo(str(name)).key for name in names)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise ValueError(Message("flow.outgoing.zone")) from None


def _detection(text: Any) -> str:
    if text in ("off", "sync", "async"):
        return str(text)
    raise ValueError(Message("flow.outgoing.detection"))


def _amount(text: Any) -> float:
    if isinstance(text, str) and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,4})?", text) and float(text) > 0:
        return float(text)
    raise ValueError(Message("flow.outgoing.amount"))


def _person(told_by: list[Occurrence]) -> list[Occurrence]:
    for each in told_by:
        if each.what not in ("choice", "arm", "step"):
            raise ValueError(Message("flow.outgoing.person", written=str(each)))
    return told_by


Amount = Annotated[float, BeforeValidator(_amount)]
Prefix = Annotated[str, BeforeValidator(_prefix)]


class SpendFields(Fields):
    """What calls may cost: the dearest a call can be, and what a day may cost, in one currency."""

    a_call: Amount
    a_day: Amount


class OutgoingFields(Fields):
    """A flow that calls of our own begin in.

    `name`: what is said first, so that whoever answers knows which house phones; `no` needs `unnamed`, the reason.
    `goodbye`: what is said last in place of the hotline's, which thanks for a call. `first_try`: on the morning so many
    workdays after the customer was told. `between`: hours of the customer's own zone, on workdays; `areas` says the
    zones of numbers by prefix. `tries` a round, `spacing` apart; `a_day` calls of this flow; `each_number` calls a day
    to one number over all cases. `pace`: the least time between two calls. `detection` of answering machines;
    `message` is left on one, else nothing is said to it. `person`: the choices, arms or steps that tell that the
    customer is on the line; else key 1 at the first question.
    """

    name: Annotated[PromptField | None, BeforeValidator(_name)]
    goodbye: PromptField | None = None
    unnamed: Annotated[str, Field(min_length=1)] | None = None
    from_: Annotated[str, BeforeValidator(_own_number)] = Field(alias="from")
    first_try: Annotated[int, BeforeValidator(_first_try)] = 1
    tries: Annotated[CountField, Field(ge=1, le=10)] = 3
    spacing: Duration = 86_400.0
    between: Annotated[tuple[time, time], BeforeValidator(_between)] = (time(9, 30), time(19, 30))
    workdays: YesNo = True
    prefixes: list[Prefix] = []
    areas: dict[Prefix, Annotated[tuple[str, ...], BeforeValidator(_zones)]] = {}
    a_day: Annotated[CountField, Field(ge=1)] = 200
    each_number: Annotated[CountField, Field(ge=1, le=10)] = 3
    pace: Duration = 30.0
    spend: SpendFields | None = None
    detection: Annotated[Detection, BeforeValidator(_detection)] = "off"
    message: PromptField | None = None
    person: Annotated[list[OccurrenceField], AfterValidator(_person)] = []
