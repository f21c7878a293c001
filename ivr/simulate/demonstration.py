"""One fixture played against the running sandbox over HTTP, as a caller would hear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.case.case_words import day, word
from ivr.config import Settings
from ivr.errors import FlowInvalid
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.fixture import read_fixture
from ivr.replay.play import play

BY_HAND = {
    "call": ".venv/bin/ivr call",
    "english": ".venv/bin/ivr call --lang en-US",
    "cases": ".venv/bin/ivr cases list",
}
HANDLED = ".venv/bin/ivr"
DAYS_LATER, AT_HOUR = 2, time(10, 30)
"""When the customer may be phoned in any case: they are told today, or tomorrow by who reads slowly."""
CasesOf = Callable[[str], Sequence[Mapping[str, Any]]]
"""The cases of a call, as `ivr cases --json` shows them."""


def demonstration(settings: Settings, file: str, cases_of: CasesOf, release: Release) -> Iterator[str]:
    """Play a fixture: the dialogue, the cases it left, and how they go on to the day their customer is phoned, line by
    line. `FlowInvalid` where it cannot be read."""
    fixture, findings = read_fixture(file, Path(file).read_bytes())
    if fixture is None:
        raise FlowInvalid(list(findings))
    url, fields = settings.public_url, fixture.fields
    phone = PhoneCall(
        delivery=Delivery(HttpLine(), settings.tokens[0]), number=PhoneNumberSetup.of(url), caller=fields.from_,
        called=fields.to,
    )  # fmt: skip
    yield Message("serve-command.demonstration.head", call=fields.call, url=url)
    played = play(fixture, phone)
    for line in played.dialogue:
        yield f"  {line}" if line.startswith("> ") else f"    {line}"
    if played.mismatch:
        where = f"{file}:{fixture.line(*played.mismatch.path)}"
        yield Message("serve-command.demonstration.mismatch", where=where, said=played.mismatch.said)
    yield ""
    cases = cases_of(phone.call)
    for case in cases:
        yield _case(case)
        if case["story"] and case["story"]["text"]:
            yield Message("serve-command.demonstration.story", text=case["story"]["text"])
    for case in cases:
        rule = release.cases.get(case["kind"])
        if rule and rule.follow_up:
            yield _to_its_end(settings, case["number"], _a_later_morning(release))
    yield Message("serve-command.demonstration.by-hand", **BY_HAND)


def _to_its_end(settings: Settings, number: str, morning: datetime) -> Message:
    """What to type so that the customer is phoned about a case."""
    lead = "--as li"
    return Message(
        "serve-command.demonstration.follow-up",
        database=f"export IVR_DATABASE_URL={settings.database_url}",
        lead=f"{HANDLED} people add li --role lead",
        take=f"{HANDLED} cases take {number} {lead}",
        decide=f"{HANDLED} cases decide {number} upheld {lead}",
        tell=f"{HANDLED} cases tell {number} --by phone {lead}",
        ring=f"{HANDLED} worker --once --at {morning.isoformat(timespec='minutes')}",
        answer=f"{HANDLED} call --answer",
        show=f"{HANDLED} cases show {number}",
    )


def _a_later_morning(release: Release) -> datetime:
    """Some workdays from now, within the hours in which customers are phoned."""
    at, left = datetime.now(ZoneInfo(release.time_zone)), DAYS_LATER
    while left:
        at += timedelta(days=1)
        left -= release.workdays.is_workday(at.date())
    return datetime.combine(at.date(), AT_HOUR, at.tzinfo)


def _case(case: Mapping[str, Any]) -> Message:
    kind, topic = word("kind", case["kind"]), case["product"]
    what = Message("case.line.about", kind=kind, topics=topic) if topic else kind
    due = (Message("case.line.due", when=day(case["due"])),) if case["due"] else ()
    state = (what, word("status", case["status"]), *due)
    return Message("serve-command.demonstration.case", number=case["number"], state=state)
