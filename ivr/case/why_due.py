"""Why a case is due when it is: a few sentences, made of facts that the log of a case keeps as text.

    clock     the clock, or the rung of its ladder            cn-2020+30
    start     the receipt, or the last reopening              2026-03-02T10:00+08:00
    count     how much time it gives                          30 days, 3 workdays, 16h
    source    where the rule of a house's own clock is from   staff handbook, page 12
    hours     whose opening time counts                       agents
    wall      yes: there are no such hours, or never open ones
    pauses    from when to when it stood still                2026-03-05T11:00+08:00/2026-03-06T09:30+08:00 ...
    unknown   years whose make-up workdays are not announced  2027
    reopened  yes: `start` is the last reopening
    extended  what it was extended to: a rung, or a day       cn-2020+30
    approver  who approved that                               head_of_cards
    told      the day on which the customer was told of it    2026-03-16

`deadline` gives those from `clock` to `unknown`; who reopens or extends a case adds the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from ivr.messages.message import Message

Facts = Mapping[str, str]
COUNTED = ("start", "count", "source", "hours", "wall", "pauses", "unknown")
"""What `deadline` gives beside the clock."""
_SOURCES = {
    "cn-2020": "clock.source.cn-2020",
    "uk-disp": "clock.source.uk-disp",
    "us-cfpb": "clock.source.us-cfpb",
    "three-workdays": "clock.source.three-workdays",
}
_UNITS = {"h": "clock.hours", "m": "clock.minutes", "s": "clock.seconds"}


def said(facts: Facts) -> Message:
    """The sentences of a deadline's facts. There are at least `clock`, `start` and `count`."""
    return Message("clock.why.all", parts=tuple(_sentences(facts)))


def source_of(clock: str, written: str = "") -> Message | str:
    """Where the rule of a clock comes from: in the catalogue, or in the words of hotline.yaml."""
    code = _SOURCES.get(clock.partition("+")[0])
    return Message(code) if code else written


def _sentences(facts: Facts) -> Iterator[Message]:
    day, time = _moment(facts["start"])
    if "reopened" in facts:
        yield Message("clock.why.reopened", day=day, time=time)
    else:
        yield Message("clock.why.received", day=day, time=time)
    yield _counted(facts)
    for pause in facts.get("pauses", "").split():
        (day, time), (until, until_time) = map(_moment, pause.split("/"))
        yield Message("clock.why.paused", day=day, time=time, until=until, until_time=until_time)
    if "extended" in facts:
        yield _extended(facts["extended"], facts.get("approver", ""), facts.get("told", ""))
    if "unknown" in facts:
        yield Message("clock.why.unknown", years=tuple(facts["unknown"].split()))


def _counted(facts: Facts) -> Message:
    number, _, of = facts["count"].partition(" ")
    if not of:
        return _open_time(facts)
    source = source_of(facts["clock"], facts.get("source", ""))
    if not source:
        return Message("clock.why.days", days=_days(int(number), of))
    return Message("clock.why.days-by", days=_days(int(number), of), source=source)


def _days(number: int, of: str) -> Message:
    return Message("clock.workdays", n=number) if of == "workdays" else Message("clock.days", n=number)


def _open_time(facts: Facts) -> Message:
    span = Message(_UNITS[facts["count"][-1]], n=int(facts["count"][:-1]))
    hours = facts.get("hours", "")
    if "wall" not in facts:
        return Message("clock.why.open-time", span=span, hours=hours)
    return Message("clock.why.hours-gone", span=span, hours=hours) if hours else Message("clock.why.wall", span=span)


def _extended(to: str, approver: str, told: str) -> Message:
    """Extensions of old did not ask for the day on which the customer was told."""
    if told:
        return Message("clock.why.extended", to=to, approver=approver, told=told)
    return Message("clock.why.extended-untold", to=to, approver=approver)


def _moment(text: str) -> tuple[str, str]:
    at = datetime.fromisoformat(text)
    return f"{at:%Y-%m-%d}", f"{at:%H:%M}"
