"""The clocks of cases as data: how much time a case has, and which longer times its ladder goes on to.

A case holds its clock as text: a name (`cn-2020`), a rung of its ladder (`cn-2020+30`), or a time within opening hours
(`16h agents`, `16h agents pauses`). `parse` reads each of them; `ivr/case/deadline.py` counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Counted = Literal["days", "workdays"]


class DayClock(NamedTuple):
    """So many days, or workdays, after the day a case came in, until that day ends in the hotline's zone.

    `then`: the longer times it may be extended to, rising, each counted from the same day: the clock `NAME+DAYS`.
    `summary`: the workdays within which a short answer does in place of the whole one. `source`: where the rule comes
    from, in the words of hotline.yaml; empty for the clocks of this file, whose sources are in the catalogue.
    """

    name: str
    days: int
    of: Counted = "days"
    then: tuple[int, ...] = ()
    summary: int = 0
    source: str = ""

    def __str__(self) -> str:
        """As cases hold it."""
        return self.name


class OpenTime(NamedTuple):
    """So many seconds of the opening time of the hours called `hours`, which may be open day and night. With `pauses`
    the clock stops while the house waits for the customer."""

    within: int
    hours: str
    pauses: bool = False

    def __str__(self) -> str:
        """As cases hold it: `2h agents`."""
        words = [in_units(self.within), self.hours, "pauses" if self.pauses else ""]
        return " ".join(filter(None, words))


ClockRule = DayClock | OpenTime
Clocks = Mapping[str, DayClock]
CLOCKS: Clocks = {
    clock.name: clock
    for clock in (
        DayClock("cn-2020", 15, then=(30, 60)),
        DayClock("uk-disp", 8 * 7, summary=3),
        DayClock("us-cfpb", 15, then=(60,)),
        DayClock("three-workdays", 3, "workdays"),
    )
}
"""The clocks every hotline has, by name. A house writes more of them in hotline.yaml."""
NO_CLOCKS: Clocks = {}
NONE = "none"
"""Never due."""
WITHOUT_HOURS = "two-hours-open"
"""Once a clock of opening time that did not say whose. Stored releases and cases have it, and nothing else may: two
hours of the clock on the wall."""
UNITS = (("h", 3600), ("m", 60), ("s", 1))
_OPEN_TIME = re.compile(r"(\d{1,9})([hms])(?: ([a-z][a-z0-9_]*)( pauses)?)?\Z", re.ASCII)


def in_units(seconds: int) -> str:
    """A time in the largest unit that it is a whole number of: 2h, 90m."""
    return next(f"{seconds // size}{unit}" for unit, size in UNITS if seconds % size == 0)


def parse(text: str, house: Clocks = NO_CLOCKS) -> ClockRule | None:
    """A clock as cases hold it. None: it is `none`, or one that neither this file nor the `house` has (any more)."""
    if text == WITHOUT_HOURS:
        return OpenTime(7200, "")
    if found := _OPEN_TIME.match(text):
        number, unit, hours, pauses = found.groups()
        return OpenTime(int(number) * dict(UNITS)[unit], hours or "", pauses is not None)
    name, plus, days = text.partition("+")
    clock = CLOCKS.get(name) or house.get(name)
    if clock is None or not plus:
        return clock
    rung = next((rung for rung in clock.then if str(rung) == days), None)
    return clock._replace(name=text, days=rung) if rung else None


def next_rung(clock: str, house: Clocks = NO_CLOCKS) -> str | None:
    """The clock that an extension of this one leads to; None at the end of a ladder, and for a clock without one."""
    rule = parse(clock, house)
    if not isinstance(rule, DayClock):
        return None
    longer = next((days for days in rule.then if days > rule.days), None)
    return f"{clock.partition('+')[0]}+{longer}" if longer else None


def may_pause(clock: str) -> bool:
    """Whether a clock stops while the house waits for the customer."""
    rule = parse(clock)
    return isinstance(rule, OpenTime) and rule.pauses
