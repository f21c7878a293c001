"""One fixture played against the running sandbox over HTTP, as a caller would hear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.case.case_words import day, word
from ivr.config import Settings
from ivr.errors import FlowInvalid
from ivr.messages.message import Message
from ivr.replay.fixture import read_fixture
from ivr.replay.play import play

BY_HAND = {
    "call": ".venv/bin/ivr call",
    "english": ".venv/bin/ivr call --lang en-US",
    "cases": ".venv/bin/ivr cases list",
}
CasesOf = Callable[[str], Sequence[Mapping[str, Any]]]
"""The cases of a call, as `ivr cases --json` shows them."""


def demonstration(settings: Settings, file: str, cases_of: CasesOf) -> Iterator[str]:
    """Play a fixture: the dialogue and the cases it left, line by line. `FlowInvalid` where it cannot be read."""
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
    for case in cases_of(phone.call):
        yield _case(case)
        if case["story"] and case["story"]["text"]:
            yield Message("serve-command.demonstration.story", text=case["story"]["text"])
    yield Message("serve-command.demonstration.by-hand", **BY_HAND)


def _case(case: Mapping[str, Any]) -> Message:
    kind, topic = word("kind", case["kind"]), case["product"]
    what = Message("case.line.about", kind=kind, topics=topic) if topic else kind
    due = (Message("case.line.due", when=day(case["due"])),) if case["due"] else ()
    state = (what, word("status", case["status"]), *due)
    return Message("serve-command.demonstration.case", number=case["number"], state=state)
