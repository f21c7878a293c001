"""What an edit would do to a call, as values that can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

How = Literal["led elsewhere", "no longer offered", "moved key", "other record", "begins elsewhere", "words"]
Outcome = Literal["same", "words", "moved", "diverted", "unknown", "skipped", "unreadable"]


class Effect(NamedTuple):
    """Calls of one effect are one group. `flow`, `step` and `exit` are the changed place that caused it, by the draft's
    names (an empty flow: the hotline itself; an empty step: the flow's head).

    `lost` and `gained` are cases that would not be, or would newly be, on record at that point; `habit` is what the key
    that was pressed means now.
    """

    how: How
    flow: str
    step: str
    exit: str = ""
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    habit: str = ""


class Led(NamedTuple):
    """An effect, with where it led before and where it would lead now."""

    effect: Effect
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the draft would do to one call. `effects` are its groups; `why` says why nothing can be said; `turn` is
    where it is led elsewhere, from 1."""

    outcome: Outcome
    effects: Sequence[Led] = ()
    why: str = ""
    turn: int = 0
