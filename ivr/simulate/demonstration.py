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
from ivr.replay.fixture import read_fixture
from ivr.replay.play import play

BY_HAND = """
Now phone it yourself, in another terminal:

  .venv/bin/ivr call                  in Mandarin
  .venv/bin/ivr call --lang en-US     in English
  .venv/bin/ivr cases list            what your calls have left

The call above is kept apart and goes with Ctrl-C, which stops the hotline.
"""
CasesOf = Callable[[str], Sequence[Mapping[str, Any]]]
"""The cases of a call, as `ivr cases --json` shows them."""


def demonstration(settings: Settings, file: str, cases_of: CasesOf) -> Iterator[str]:
    """Play a fixture: the dialogue and the cases it left, line by line. `InvalidArgument` where it cannot be read."""
    fixture, findings = read_fixture(file, Path(file).read_bytes())
    if fixture is None:
        raise InvalidArgument("\n".join(map(str, findings)))
    url, fields = settings.public_url, fixture.fields
    phone = PhoneCall(
        delivery=Delivery(HttpLine(), settings.tokens[0]), number=PhoneNumberSetup.of(url), caller=fields.from_,
        called=fields.to,
    )  # fmt: skip
    yield f"\n{fields.call}, over {url}:\n"
    played = play(fixture, phone)
    for line in played.dialogue:
        yield f"  {line}" if line.startswith("> ") else f"    {line}"
    if played.mismatch:
        yield f"\n{file}:{fixture.line(*played.mismatch.path)}: {played.mismatch.said}"
    yield ""
    for case in cases_of(phone.call):
        due = f", due {case['due']}" if case["due"] else ""
        yield f"case {case['number']}: {case['kind']} about {case['product']}, {case['status']}{due}"
        if case["story"] and case["story"]["text"]:
            yield f"  the caller's story: {case['story']['text']}"
    yield BY_HAND
