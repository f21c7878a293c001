"""Why a move of a case is refused, as a code with its values and as a sentence for who tried it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SENTENCES = {
    "no_such_move": "there is no move {move}; there are {moves}.",
    "not_opened": "{move} is not possible before the case is opened.",
    "opened_before": "the case has been opened before.",
    "not_now": "{move} is not possible while the case is {status}.",
    "other_role": "{move} is for {roles}; {name} is {role}.",
    "missing": "{move} needs {names}.",
    "has_owner": "{owner} has taken this case; a lead can take it over.",
    "own_approval": "the approver of an extension is neither who asks for it nor who handles the case.",
    "no_deadline": "a case under the clock {clock} has no deadline that could be extended.",
    "not_a_time": "{value} is no time with its zone, as in 2026-03-17T23:59:59+08:00.",
    "not_its_day": "{value} is not the day of {due_at}; write it as 2026-03-17.",
    "not_later": "a deadline can be extended to a later time only: it is {due_at} now.",
}


class Refused(NamedTuple):
    """A move that is not allowed: a key of `SENTENCES`, and what stands in its braces."""

    code: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return SENTENCES[self.code].format_map(self.values)


def refused(code: str, **values: str) -> Refused:
    """A refusal with its values."""
    return Refused(code, values)
