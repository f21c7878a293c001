"""One fixture played against the running sandbox over HTTP, as a caller would hear it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.cli.cases import reports
from ivr.config import Settings
from ivr.errors import SettingInvalid
from ivr.replay.fixture import read_fixture
from ivr.replay.play import play

BY_HAND = """
Now phone it yourself, in another terminal:

  .venv/bin/ivr call                  in Mandarin
  .venv/bin/ivr call --lang en-US     in English
  .venv/bin/ivr cases list            what callers have left

Ctrl-C stops the hotline.
"""


def demonstrate(settings: Settings, file: str, say: Callable[[str], None]) -> None:
    """Play it, print the dialogue and the cases it left."""
    fixture, findings = read_fixture(file, Path(file).read_bytes())
    if fixture is None:
        raise SettingInvalid("\n".join(map(str, findings)))
    url = settings.public_url
    number = PhoneNumberSetup(voice=f"{url}/voice", status=f"{url}/voice/status", fallback=f"{url}/voice/fallback")
    fields = fixture.fields
    phone = PhoneCall(
        delivery=Delivery(HttpLine(), settings.tokens[0]), number=number, caller=fields.from_, called=fields.to
    )
    say(f"\n{fields.call}, over {url}:\n")
    played = play(fixture, phone)
    for line in played.dialogue:
        say(f"  {line}" if line.startswith("> ") else f"    {line}")
    if played.unmet:
        say(f"\n{file}:{fixture.line(*played.unmet.path)}: {played.unmet.said}")
    say("")
    with reports(settings) as made:
        for case in made.of_call(phone.call):
            due = f", due {case['due']}" if case["due"] else ""
            say(f"case {case['number']}: {case['kind']} about {case['product']}, {case['status']}{due}")
            if case["story"] and case["story"]["text"]:
                say(f"  the caller's story: {case['story']['text']}")
    say(BY_HAND)
