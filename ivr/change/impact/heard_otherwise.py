"""What callers said that the draft understands otherwise: newly, no longer, or as something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.inputs import Input, Speech

HeardHow = Literal["newly", "no longer", "elsewhere"]
_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){3,}")
LONGEST_SHOWN = 80


class HeardOtherwise(NamedTuple):
    """An utterance and what became of it; runs of four figures and more are masked."""

    how: HeardHow
    text: str


def heard_otherwise(came: Input, old: Sequence[Event], new: Sequence[Event], asked: str) -> HeardOtherwise | None:
    """How an utterance is heard now that was answered by these events before. `asked`: the old exit under its name in
    the draft, where it has one."""
    if not isinstance(came, Speech):
        return None
    before, after = _answer(old), _answer(new)
    if before is None and after is None:
        return None
    if before is not None and after is not None:
        return HeardOtherwise("elsewhere", masked(came.text)) if (asked or before.exit) != after.exit else None
    return HeardOtherwise("newly" if before is None else "no longer", masked(came.text))


def _answer(events: Sequence[Event]) -> ExitTaken | None:
    """The exit an utterance took; None where it was not understood."""
    for event in events:
        if isinstance(event, Failed):
            return None
        if isinstance(event, ExitTaken):
            return event
    return None


def masked(text: str) -> str:
    """An utterance as it may be shown: numbers hidden, cut, on one line."""
    plain = " ".join(_NUMBER.sub("••••", unicodedata.normalize("NFKC", text)).split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
