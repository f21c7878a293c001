"""Calls by random callers: how each begins, how it is led, and what came of it. All of it follows from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from random import Random
from zoneinfo import ZoneInfo

from ivr.carrier.arrivals import some_moment, some_number
from ivr.carrier.caller_actions import CallerAction
from ivr.carrier.callers import RandomCaller
from ivr.carrier.phone_call import PhoneCall
from ivr.carrier.repeats import Repeats
from ivr.flow.model import Release
from ivr.simulate.audit.audit import Audit, leaked
from ivr.simulate.audit.audited_call import AuditRecords

UNLISTED = "+862155500001"
"""A number that a hotline is not likely to list: its default flow is entered."""
EARLY_END = 0.3
"""The share of calls in which the news of the end overtakes the last message."""


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """How a call of a run begins. With `early_end` the news of its end overtakes its last message."""

    number: int
    at: datetime
    caller: str
    called: str
    call: str
    early_end: bool


@dataclass(slots=True)
class RandomCallResult:
    """A call that is over, and judged. `dialogue` is what was heard and done, a line each."""

    incoming: IncomingCall
    persona: str
    acts: tuple[CallerAction, ...]
    audit: Audit
    dialogue: list[str] = field(default_factory=list)


def chance_of(seed: int, number: int) -> Random:
    """The chance by which a call of a run begins."""
    return Random(f"{seed}/{number}/ring")  # noqa: S311 - chance, not secrecy


def incoming_call(seed: int, number: int, release: Release) -> IncomingCall:
    """The beginning of a call of a run."""
    chance = chance_of(seed, number)
    call = "CA" + sha256(f"{seed}/{number}".encode()).hexdigest()[:32]
    listed = [*release.numbers]
    called = chance.choice(listed) if listed and chance.random() < 0.95 else UNLISTED
    at, caller = some_moment(chance, ZoneInfo(release.time_zone)), some_number(chance)
    return IncomingCall(number, at, caller, called, call, early_end=chance.random() < EARLY_END)


def lead(phone: PhoneCall, seed: int, number: int) -> RandomCaller:
    """Lead the call of a run as its caller does; the provider repeats some of it."""
    caller = RandomCaller(f"{seed}/{number}")
    repeats = Repeats(phone.delivery, f"{seed}/{number}/repeats")
    caller.play(phone, after=repeats.after_act)
    repeats.after_call()
    return caller


def check_sensitive(calls: Sequence[RandomCallResult], records: AuditRecords, log: Sequence[str]) -> None:
    """Add to each of these calls what breaks I8: a sensitive entry that is stored or logged by any of them."""
    found = leaked({secret for call in calls for secret in call.audit.secrets}, records, log)
    for call in calls:
        call.audit.broken += [found[secret] for secret in sorted(call.audit.secrets) if secret in found]
