"""What happened in a turn. Cases, transcripts, figures and logs are made of these and of nothing else.

An event says itself which of its fields holds words (`words`): what a caller said or keyed, which proof leaves out and
a fixture replaces by something invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, Self, get_args

import msgspec

from ivr.call.case_kinds import CaseKind

Disposition = Literal["completed", "transferred", "message_left", "abandoned", "out_of_hours", "limit", "failed"]
DISPOSITIONS: tuple[Disposition, ...] = (
    "completed",
    "transferred",
    "message_left",
    "abandoned",
    "out_of_hours",
    "limit",
    "failed",
)
Ending = Literal["served", "person", "message", "closed", "lost", "failed"]
"""What the customer got of a call that has ended (docs/glossary.md, ending)."""
PersonAsked = Literal["answered", "nobody"]
"""What came of being put through to a person, where a call has asked for one: once answered, that stands."""


PHONE = "phone"
"""The field of a case that holds the number to reach its caller by."""


class PlainEvent(msgspec.Struct, frozen=True, gc=False):
    """An event without words of a caller. Where there are some, `words` names the field that holds them."""

    words: ClassVar[str] = ""

    def without_words(self) -> Self:
        """The event as it is for every caller, whatever they said."""
        return self


class ExitTaken(PlainEvent, frozen=True, gc=False, tag="exit", omit_defaults=True):
    """A step was left by an exit, named by its meaning (a choice's name, `no_input`, `busy`), never by a key. `topic`:
    what the caller's words were about, where that decided it."""

    flow: str
    step: str
    exit: str
    topic: str = ""

    def without_words(self) -> Self:
        """The exit alone: a key takes it as well."""
        return ExitTaken(self.flow, self.step, self.exit) if self.topic else self  # type: ignore[return-value]


class Failed(PlainEvent, frozen=True, gc=False, tag="fail"):
    """A question was not answered: silence (`no_input`) or something without meaning here (`no_match`)."""

    flow: str
    step: str
    how: Literal["no_input", "no_match"]
    count: int


class CaseOpened(PlainEvent, frozen=True, gc=False, tag="case_opened"):
    """An intake was entered: a partial case of this kind is on record from this turn on."""

    kind: CaseKind


class CaseNoted(PlainEvent, frozen=True, gc=False, tag="case_noted"):
    """Something the caller said goes onto the case of this kind."""

    words: ClassVar[str] = "fields"
    kind: CaseKind
    fields: Mapping[str, str]

    def without_words(self) -> Self:
        """What is noted, not what was said."""
        return msgspec.structs.replace(self, fields=dict.fromkeys(self.fields, ""))


class CaseCompleted(PlainEvent, frozen=True, gc=False, tag="case_completed"):
    """A case step was passed: the case is whole. `outcome` is `answered`, `unanswered` or empty."""

    words: ClassVar[str] = "fields"
    kind: CaseKind
    fields: Mapping[str, str]
    outcome: str = ""

    def without_words(self) -> Self:
        """Which fields there are follows from the values the caller gave, so all go but a number to call."""
        return msgspec.structs.replace(self, fields={PHONE: ""} if PHONE in self.fields else {})


FollowUpResult = Literal[
    "accepted", "not_accepted", "unclear", "wrong_person", "later", "opted_out", "machine", "person"
]
FOLLOW_UP_RESULTS: tuple[FollowUpResult, ...] = get_args(FollowUpResult)
"""What a call to a customer may end in by what was said in it: `person` where they were put through to somebody."""


class CaseAdded(PlainEvent, frozen=True, gc=False, tag="case_added"):
    """Something goes onto a case of another call (a `note` step): `number` is that case's."""

    words: ClassVar[str] = "fields"
    number: str
    fields: Mapping[str, str]

    def without_words(self) -> Self:
        """That something is added: which fields there are follows from the values the customer gave."""
        return msgspec.structs.replace(self, number="", fields={})


class FollowedUp(PlainEvent, frozen=True, gc=False, tag="followed_up"):
    """What the customer answered to being phoned (a `follow_up` step)."""

    words: ClassVar[str] = "fields"
    result: FollowUpResult
    fields: Mapping[str, str]

    def without_words(self) -> Self:
        """The result, not what was said beside it."""
        return msgspec.structs.replace(self, fields={})


class TransferBegun(PlainEvent, frozen=True, gc=False, tag="transfer_begun"):
    """The caller is being put through to a destination."""

    destination: str


class TransferEnded(PlainEvent, frozen=True, gc=False, tag="transfer_ended"):
    """The transfer is over: `answered`, `busy`, `no_answer` or `failed`."""

    destination: str
    outcome: str


class LanguageChosen(PlainEvent, frozen=True, gc=False, tag="language"):
    """From the next prompt on the call is held in this language."""

    language: str


class LimitMet(PlainEvent, frozen=True, gc=False, tag="limit"):
    """The call went on past a limit of the hotline (`steps_in_a_turn`, `turns` or `call`)."""

    limit: str


class Ended(PlainEvent, frozen=True, gc=False, tag="ended"):
    """The flow ended the call."""

    disposition: Disposition


CaseEvent = CaseOpened | CaseNoted | CaseCompleted
Event = (
    ExitTaken
    | Failed
    | CaseOpened
    | CaseNoted
    | CaseCompleted
    | CaseAdded
    | FollowedUp
    | TransferBegun
    | TransferEnded
    | LanguageChosen
    | LimitMet
    | Ended
)
