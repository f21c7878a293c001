"""Why a move of a case is refused, as a code with its values and as a sentence for who tried it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ivr.messages.message import Message

SENTENCES = {
    "no_such_move": "case.refused.no-such-move",
    "not_opened": "case.refused.not-opened",
    "opened_before": "case.refused.opened-before",
    "not_now": "case.refused.not-now",
    "other_role": "case.refused.other-role",
    "missing": "case.refused.missing",
    "has_owner": "case.refused.has-owner",
    "own_approval": "case.refused.own-approval",
    "no_deadline": "case.refused.no-deadline",
    "not_a_time": "case.refused.not-a-time",
    "not_its_day": "case.refused.not-its-day",
    "not_later": "case.refused.not-later",
}
"""The sentence of each code, by its code in the catalogue of messages."""


class Refused(NamedTuple):
    """A move that is not allowed: a key of `SENTENCES`, and what stands in the braces of its sentence."""

    code: str
    values: Mapping[str, str | tuple[str, ...]]

    @property
    def message(self) -> Message:
        """The sentence for who tried the move."""
        return Message(SENTENCES[self.code], **self.values)

    def __str__(self) -> str:
        return str(self.message)


def refused(code: str, **values: str | tuple[str, ...]) -> Refused:
    """A refusal with its values."""
    return Refused(code, values)
