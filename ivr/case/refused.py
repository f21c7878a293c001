"""Why a move of a case is refused: a sentence for who tried it, with its code."""

from __future__ import annotations

from typing import Any, NamedTuple

from ivr.messages.message import Message


class Refused(NamedTuple):
    """A move that is not allowed, and why, in any language."""

    why: Message

    @property
    def code(self) -> str:
        """The refusal for programs, such as `has-owner`."""
        return self.why.code.rpartition(".")[2]

    def __str__(self) -> str:
        return str(self.why)


def refused(code: str, /, **values: Any) -> Refused:
    """A refusal by its full code in the catalogue, `move.refused.…`, with its values."""
    return Refused(Message(code, **values))
