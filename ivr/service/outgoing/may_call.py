"""May a machine phone this customer now? One judgement, asked by the worker before each call and by whoever asks why
somebody is not phoned. It reads nothing and decides by what it is given alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from ivr.calendar.workdays import Workdays
from ivr.call.phone import Phoned
from ivr.flow.model import Release
from ivr.flow.outgoing import Outgoing
from ivr.messages.message import Message
from ivr.service.outgoing.decent_hours import DecentHours, hours_of

Of = Literal["all", "flow", "number"]
DAY = timedelta(hours=24)


class NotNow(NamedTuple):
    """Why somebody is not phoned now: a code for rows, a sentence for people. `of` says for whom else it holds.

    `again`: when it may be otherwise, by the store's clock. None of a `number`: never, by a machine.
    """

    code: str
    why: Message
    of: Of
    again: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a release says of the calls of one flow. `zone` is the hotline's own."""

    outgoing: Outgoing
    phoned: Phoned
    workdays: Workdays
    zone: str

    def hours(self, number: str) -> DecentHours:
        """When somebody with this number may be phoned."""
        return hours_of(self.outgoing, number, self.zone, self.workdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known at `now` of a number and of the calls there were. `switched` is the row that allows calls,
    `allowed` the setting of this process. `due_at` is when it may be tried next, `put_off` until when it is put off,
    `tries` how often it was tried in this round; `moved_on` that its case waits for no word of the customer any more;
    `asked_at` when the customer asked to be called about the case, which counts for more than being `blocked` before
    it; `phoned` when this number was phoned in the last 24 hours, over all flows; `today` how many calls of the flow
    were placed since midnight; `next_dial` when the flow dials next."""

    now: datetime
    number: str | None
    switched: bool = True
    allowed: bool = True
    moved_on: bool = False
    blocked: str = ""
    blocked_at: datetime | None = None
    asked_at: datetime | None = None
    on_the_phone: bool = False
    due_at: datetime | None = None
    put_off: datetime | None = None
    tries: int = 0
    phoned: Sequence[datetime] = ()
    today: int = 0
    tomorrow: datetime | None = None
    next_dial: datetime | None = None


def by_wish(known: Known) -> bool:
    """Whether somebody who wants no calls has asked for one since, about this very case."""
    return bool(known.asked_at and known.blocked_at and known.asked_at > known.blocked_at)


def no_calls(why: str) -> Message:
    """Why no machine calls a number that is blocked: because its customer said so, or the house."""
    return Message("outgoing.not-now.opted-out" if why == "opted_out" else "outgoing.not-now.blocked")


def rules_of(release: Release, flow: str) -> Rules | None:
    """The rules of the calls of a flow; None where the release makes no calls in it."""
    outgoing = release.outgoing.get(flow)
    if outgoing is None:
        return None
    return Rules(outgoing=outgoing, phoned=release.phoned, workdays=release.workdays, zone=release.time_zone)


def may_call(rules: Rules, known: Known) -> NotNow | None:
    """Why this number is not phoned now, None where it may be: the first reason in the order in which they bind."""
    for judged in (_permitted, _number, _hours, _tries, _caps, _put_off):
        if found := judged(rules, known):
            return found
    return None


def of_number(rules: Rules, number: str | None) -> NotNow | None:
    """Why a machine never phones this number, None where it may."""
    if not number:
        return NotNow("no_number", Message("outgoing.not-now.no-number"), "number")
    if why := rules.phoned.why_not(number):
        return NotNow("by_hand", Message("outgoing.not-now.by-hand", why=why), "number")
    prefixes = rules.outgoing.prefixes
    if prefixes and not number.startswith(prefixes):
        return NotNow("by_hand", Message("outgoing.not-now.prefix", prefixes=prefixes), "number")
    return None


def _permitted(rules: Rules, known: Known) -> NotNow | None:
    if not known.switched:
        return NotNow("switched_off", Message("outgoing.not-now.switched-off"), "all")
    if not known.allowed:
        return NotNow("not_allowed", Message("outgoing.not-now.not-allowed"), "all")
    return None


def _number(rules: Rules, known: Known) -> NotNow | None:
    if known.moved_on:
        return NotNow("case", Message("outgoing.ended.case"), "number")
    if known.blocked and not by_wish(known):
        return NotNow("do_not_call", no_calls(known.blocked), "number")
    return of_number(rules, known.number)


def _hours(rules: Rules, known: Known) -> NotNow | None:
    assert known.number
    hours = rules.hours(known.number)
    if hours.include(known.now):
        return None
    again = hours.next(known.now)
    if again is None:
        return NotNow("by_hand", Message("outgoing.not-now.no-hours"), "number")
    values = {"first": f"{hours.first:%H:%M}", "last": f"{hours.last:%H:%M}", "again": _shown(again, hours)}
    return NotNow("hours", Message("outgoing.not-now.hours", **values), "number", again)


def _tries(rules: Rules, known: Known) -> NotNow | None:
    if known.on_the_phone:
        return NotNow("on_the_phone", Message("outgoing.not-now.on-the-phone"), "number", known.now)
    if known.tries >= rules.outgoing.tries:
        return NotNow("tried_out", Message("outgoing.not-now.tried-out", tries=known.tries), "number")
    if known.due_at and known.due_at > known.now:
        code = "outgoing.not-now.spacing" if known.tries else "outgoing.not-now.first-try"
        shown = _shown(known.due_at, rules.hours(known.number or ""))
        return NotNow("not_due", Message(code, again=shown), "number", known.due_at)
    return None


def _caps(rules: Rules, known: Known) -> NotNow | None:
    outgoing = rules.outgoing
    if len(known.phoned) >= outgoing.each_number:
        again = sorted(known.phoned)[-outgoing.each_number] + DAY
        said = Message("outgoing.not-now.each-number", most=outgoing.each_number)
        return NotNow("each_number", said, "number", again)
    if known.today >= outgoing.a_day:
        return NotNow("a_day", Message("outgoing.not-now.a-day", most=outgoing.a_day), "flow", known.tomorrow)
    if outgoing.spend and (known.today + 1) * outgoing.a_call > outgoing.spend:
        return NotNow("spend", Message("outgoing.not-now.spend", most=outgoing.spend), "flow", known.tomorrow)
    if known.next_dial and known.next_dial > known.now:
        said = Message("outgoing.not-now.pace", seconds=int(outgoing.pace))
        return NotNow("pace", said, "flow", known.next_dial)
    return None


def _put_off(rules: Rules, known: Known) -> NotNow | None:
    """Last, for the other reasons say why: what is left is that the provider has refused, or a reason now gone."""
    if known.put_off is None or known.put_off <= known.now:
        return None
    shown = _shown(known.put_off, rules.hours(known.number or ""))
    return NotNow("not_due", Message("outgoing.not-now.put-off", again=shown), "number", known.put_off)


def _shown(at: datetime, hours: DecentHours) -> str:
    """A moment by the customer's clock."""
    return f"{at.astimezone(hours.zones[0]):%Y-%m-%d %H:%M}"
