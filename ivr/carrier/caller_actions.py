"""What a caller can do, as values: they are kept, repeated, made smaller and written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ivr.carrier.phone_call import DialOutcome


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys."""

    keys: str


@dataclass(frozen=True, slots=True)
class SayWords:
    """Say something; `confidence` is how sure the recogniser is of it, 0 to 1."""

    text: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Silence:
    """Wait until the question has waited long enough."""


@dataclass(frozen=True, slots=True)
class LeaveMessage:
    """Leave a voice message of so many seconds, ended by a key or by silence; `text` is its transcript."""

    seconds: int
    text: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EndTransfer:
    """What comes of being put through; `talk` is how many seconds the caller spoke to a person."""

    outcome: DialOutcome
    talk: int = 0


@dataclass(frozen=True, slots=True)
class HangUp:
    """Put the phone down; `recorded` seconds of a message were spoken before."""

    recorded: int = 0


CallerAction = Press | SayWords | Silence | LeaveMessage | EndTransfer | HangUp


class ActedPhone(Protocol):
    """A telephone acts can be done on."""

    def press(self, keys: str) -> None: ...

    def speak(self, text: str, confidence: float = 0.9) -> None: ...

    def silence(self) -> None: ...

    def record(self, seconds: int, text: str = "", key: str = "") -> None: ...

    def transfer(self, outcome: DialOutcome) -> None: ...

    def hang_up(self, recorded: int = 0) -> None: ...


def perform(phone: ActedPhone, act: CallerAction) -> None:
    """Do it. `WrongAction` where the call waits for something else."""
    match act:
        case Press(keys):
            phone.press(keys)
        case SayWords(text, confidence):
            phone.speak(text, confidence)
        case Silence():
            phone.silence()
        case LeaveMessage(seconds, text, key):
            phone.record(seconds, text, key)
        case EndTransfer(outcome):
            phone.transfer(outcome)
        case HangUp(recorded):
            phone.hang_up(recorded)


def shown(act: CallerAction) -> str:
    """An act as a line of a dialogue."""
    match act:
        case Press(keys):
            return f"press {keys}"
        case SayWords(text):
            return f"speak {text}"
        case Silence():
            return "silence"
        case LeaveMessage(seconds, text):
            return f"record {seconds} s {text}".rstrip()
        case EndTransfer(outcome):
            return f"transfer {outcome}"
        case HangUp(recorded):
            return f"record {recorded} s and hang up" if recorded else "hang up"
