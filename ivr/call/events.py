"""What happened in a turn. Cases, transcripts, figures and logs are made of these and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

CaseKind = Literal["inquiry", "complaint", "feedback", "callback"]
CASE_KINDS: tuple[CaseKind, ...] = ("inquiry", "complaint", "feedback", "callback")
Disposition = Literal["completed", "transferred", "message_left", "abandoned", "closed", "limit", "failed"]
DISPOSITIONS: tuple[Disposition, ...] = (
    "completed",
    "transferred",
    "message_left",
    "abandoned",
    "closed",
    "limit",
    "failed",
)


class ExitTaken(msgspec.Struct, frozen=True, gc=False, tag="exit"):
    """A step was left by an exit, named by its meaning (a choice's name, `no_input`, `busy`), never by a key."""

    flow: str
    step: str
    exit: str


class Failed(msgspec.Struct, frozen=True, gc=False, tag="fail"):
    """A question was not answered: silence (`no_input`) or something without meaning here (`no_match`)."""

    flow: str
    step: str
    how: Literal["no_input", "no_match"]
    count: int


class CaseOpened(msgspec.Struct, frozen=True, gc=False, tag="case_opened"):
    """An intake was entered: a partial case of this kind is on record from this turn on."""

    kind: CaseKind


class CaseNoted(msgspec.Struct, frozen=True, gc=False, tag="case_noted"):
    """Something the caller said goes onto the case of this kind."""

    kind: CaseKind
    fields: Mapping[str, str]


class CaseCompleted(msgspec.Struct, frozen=True, gc=False, tag="case_completed"):
    """A case step was passed: the case is whole. `outcome` is `answered`, `unanswered` or empty."""

    kind: CaseKind
    fields: Mapping[str, str]
    outcome: str = ""


class TransferBegun(msgspec.Struct, frozen=True, gc=False, tag="transfer_begun"):
    """The caller is being put through to a destination."""

    destination: str


class TransferEnded(msgspec.Struct, frozen=True, gc=False, tag="transfer_ended"):
    """The transfer is over: `answered`, `busy`, `no_answer` or `failed`."""

    destination: str
    outcome: str


class LanguageChosen(msgspec.Struct, frozen=True, gc=False, tag="language"):
    """From the next prompt on the call is held in this language."""

    language: str


class LimitMet(msgspec.Struct, frozen=True, gc=False, tag="limit"):
    """The call went on past a limit of the hotline (`steps_in_a_turn`, `turns` or `call`)."""

    limit: str


class Ended(msgspec.Struct, frozen=True, gc=False, tag="ended"):
    """The flow ended the call."""

    disposition: Disposition


Event = (
    ExitTaken
    | Failed
    | CaseOpened
    | CaseNoted
    | CaseCompleted
    | TransferBegun
    | TransferEnded
    | LanguageChosen
    | LimitMet
    | Ended
)
