"""How calls of our own that begin in a flow may be made, as a release keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from ivr.flow.outgoing_fields import Detection, OutgoingFields
from ivr.flow.promises import Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """How calls of our own that begin in a flow may be made. Seconds, and hours of the customer's own zone.

    `name`, `goodbye` and `message` are prompts, empty for none: what is said first, what is said last in place of the
    hotline's goodbye, and what is left on a machine. `first_try` counts workdays after the customer was told.
    `prefixes`: numbers that begin so, all that may be phoned where it is empty; `areas`: the zones of numbers by
    prefix, the longest one counts. `a_call` is the dearest a call can be and `spend` what a day may cost, 0 for no
    bound. `person`: what tells that the customer is on the line, empty for key 1 at the first question.
    """

    flow: str
    from_number: str
    name: str = ""
    goodbye: str = ""
    message: str = ""
    first_try: int = 1
    tries: int = 3
    spacing: float = 86_400.0
    between: tuple[time, time] = (time(9, 30), time(19, 30))
    workdays: bool = True
    prefixes: tuple[str, ...] = ()
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    a_day: int = 200
    each_number: int = 3
    pace: float = 30.0
    a_call: float = 0.0
    spend: float = 0.0
    detection: Detection = "off"
    person: tuple[Occurrence, ...] = ()


def outgoing(flow: str, fields: OutgoingFields, name: str, goodbye: str, message: str) -> Outgoing:
    """Its fields with the prompts made of its words."""
    spend = fields.spend
    return Outgoing(
        flow=flow,
        from_number=fields.from_,
        name=name,
        goodbye=goodbye,
        message=message,
        first_try=fields.first_try,
        tries=fields.tries,
        spacing=fields.spacing,
        between=fields.between,
        workdays=fields.workdays,
        prefixes=tuple(fields.prefixes),
        areas=fields.areas,
        a_day=fields.a_day,
        each_number=fields.each_number,
        pace=fields.pace,
        a_call=spend.a_call if spend else 0.0,
        spend=spend.a_day if spend else 0.0,
        detection=fields.detection,
        person=tuple(fields.person),
    )
