"""What the provider does next. Verbs name a prompt and its values; words are put in at rendering.

As an event does, a verb says itself which of its fields holds words of a caller (`words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import msgspec

NO_VALUES: Mapping[str, str] = {}
MOST_HINTS = 500
"""So many words a recogniser is told to expect at a question."""


class PlainVerb(msgspec.Struct, frozen=True, gc=False):
    """A verb without words of a caller. Where there are some, `words` names the field that holds them."""

    words: ClassVar[str] = ""


class Speak(PlainVerb, frozen=True, gc=False, tag="speak"):
    """Say a prompt of the release in a language. A caller may interrupt it by a key unless `interrupt` is no. `about`:
    the kind of the case of which the words may promise a call."""

    words: ClassVar[str] = "values"
    prompt: str
    language: str
    values: Mapping[str, str] = NO_VALUES
    interrupt: bool = True
    about: str = ""


class Ask(PlainVerb, frozen=True, gc=False, tag="ask"):
    """Listen for keys, and for speech where `speech`. `digits` 0 means no fixed number of keys.

    `wait` is the silence in seconds that counts as no-input, `gap` the silence in seconds that ends an utterance;
    `hints` names the question whose words the recogniser should expect.
    """

    language: str
    digits: int
    end_key: str
    wait: float
    gap: float
    speech: bool
    hints: str = ""
    attempt: int = 0


class RecordVerb(PlainVerb, frozen=True, gc=False, tag="record"):
    """Record a voice message of at most `at_most` seconds, ended by any of `end_keys` or `wait` seconds of silence."""

    language: str
    end_keys: str
    at_most: int
    wait: float
    attempt: int = 0


class TransferVerb(PlainVerb, frozen=True, gc=False, tag="transfer"):
    """Put the caller through to a destination and report what came of it."""

    words: ClassVar[str] = "values"
    destination: str
    ring: int
    whisper: str = ""
    values: Mapping[str, str] = NO_VALUES


class Hangup(PlainVerb, frozen=True, gc=False, tag="hangup"):
    """End the call."""


class LastResort(PlainVerb, frozen=True, gc=False, tag="last_resort"):
    """Put the caller through to the fixed number of the settings, or end the call where there is none."""


Verb = Speak | Ask | RecordVerb | TransferVerb | Hangup | LastResort
