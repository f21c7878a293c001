"""What can come in at a turn: everything a caller or the provider can do, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

import msgspec


class Start(msgspec.Struct, frozen=True, gc=False, tag="start", omit_defaults=True):
    """The call was answered: its first turn. `language` is the one it begins in; empty means the hotline's first."""

    language: str = ""


LONGEST_ENTRY = 64
"""Keys of an entry, at most; more are cut before they are judged, and so fit no question."""


class Digits(msgspec.Struct, frozen=True, gc=False, tag="digits"):
    """Keys pressed, `0-9 * #`, without the key that ended the entry."""

    keys: str


class Speech(msgspec.Struct, frozen=True, gc=False, tag="speech"):
    """Words the recogniser heard. `confidence` runs from 0 to 1; missing means not known, which counts as sure."""

    text: str
    confidence: float | None = None


def known_confidence(given: float) -> float | None:
    """A recogniser's confidence; None for 0 and for what is no confidence at all: words were heard, so 0 says only
    that the recogniser gives none (https://www.twilio.com/docs/voice/twiml/gather, speech models)."""
    return given if 0 < given <= 1 else None


class Masked(msgspec.Struct, frozen=True, gc=False, tag="masked"):
    """An entry to a sensitive question, already judged: only its length and whether it fits are kept."""

    length: int
    fits: bool


class NoInput(msgspec.Struct, frozen=True, gc=False, tag="no_input"):
    """Silence: the waiting time ran out."""


class Recording(msgspec.Struct, frozen=True, gc=False, tag="recording"):
    """A voice message: the provider's id for it, its length in seconds, and the key that ended it."""

    recording: str
    seconds: int
    key: str = ""
    url: str = ""


TransferOutcome = Literal["answered", "busy", "no_answer", "failed"]


class Transferred(msgspec.Struct, frozen=True, gc=False, tag="transferred"):
    """A transfer ended."""

    outcome: TransferOutcome


class Resume(msgspec.Struct, frozen=True, gc=False, tag="resume"):
    """A "please wait" document was heard: the step asks again and nothing is counted."""


class ReplyRefused(msgspec.Struct, frozen=True, gc=False, tag="refused"):
    """The provider could not use the last document (its error code): repeating it would fail again."""

    code: int


Input = Start | Digits | Speech | Masked | NoInput | Recording | Transferred | Resume | ReplyRefused


class Facts(Protocol):
    """The only way to read what is known from outside (`ivr.call.facts`): caller, calendar, switches, case numbers.

    `get` answers None for what is not known. The facts read are kept with the turn, so that a plain dict of them
    replays it.
    """

    def get(self, name: str, /) -> str | None: ...


class Given(msgspec.Struct, frozen=True, gc=False):
    """An input with everything that comes beside the state: the turn's number, the facts, and the handling time of
    the call so far, in whole seconds and without the time in transfers."""

    input: Input
    turn: int = 1
    handling_seconds: int = 0
    facts: Facts = msgspec.field(default_factory=dict[str, str])


class Stored(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What a turn's row keeps: exactly what `take_turn` needs to give the same result again."""

    at: datetime
    input: Input
    handling_seconds: int = msgspec.field(default=0, name="served")
    """`Given.handling_seconds`; stored rows call it `served`, for ever."""
    facts: Mapping[str, str | None] = msgspec.field(default_factory=dict[str, "str | None"])
