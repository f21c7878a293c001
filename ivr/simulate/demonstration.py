"""One fixture played against the running sandbox over HTTP, as a caller would hear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.config import Settings
from ivr.errors import InvalidArgument
from ivr.messages.message import Message
from ivr.replay.fixture import read_fixture
from ivr.replay.play import play
from ivr.replay.sentences import all_of, at

COMMANDS: Mapping[str, str] = {
    ".venv/bin/ivr call": "simulate.demonstration.mandarin",
    ".venv/bin/ivr call --lang en-US": "simulate.demonstration.english",
    ".venv/bin/ivr cases list": "simulate.demonstration.left",
}
CasesOf = Callable[[str], Sequence[Mapping[str, Any]]]
"""The cases of a call, as `ivr cases --json` shows them."""


def demonstration(settings: Settings, file: str, cases_of: CasesOf) -> Iterator[str]:
    """Play a fixture: the dialogue and the cases it left, line by line. `InvalidArgument` where it cannot be read."""
    fixture, findings = read_fixture(file, Path(file).read_bytes())
    if fixture is None:
        raise InvalidArgument(all_of(findings))
    url, fields = settings.public_url, fixture.fields
    phone = PhoneCall(
        delivery=Delivery(HttpLine(), settings.tokens[0]), number=PhoneNumberSetup.of(url), caller=fields.from_,
        called=fields.to,
    )  # fmt: skip
    yield Message("simulate.demonstration.title", call=fields.call, url=url)
    played = play(fixture, phone)
    for line in played.dialogue:
        yield f"  {line}" if line.startswith("> ") else f"    {line}"
    if played.mismatch:
        yield ""
        yield at(f"{file}:{fixture.line(*played.mismatch.path)}", played.mismatch.said)
    yield ""
    for case in cases_of(phone.call):
        yield _case(case)
        if case["story"] and case["story"]["text"]:
            yield Message("simulate.demonstration.story", story=case["story"]["text"])
    yield from _by_hand()


def _by_hand() -> Iterator[Message]:
    yield Message("simulate.demonstration.yourself")
    for command, what in COMMANDS.items():
        yield Message("simulate.demonstration.command", command=f"{command:<34}", what=Message(what))
    yield Message("simulate.demonstration.apart")


def _case(case: Mapping[str, Any]) -> Message:
    known = {name: str(case[name]) for name in ("number", "kind", "product", "status")}
    if case["due"]:
        return Message("simulate.demonstration.case-due", due=str(case["due"]), **known)
    return Message("simulate.demonstration.case", **known)
