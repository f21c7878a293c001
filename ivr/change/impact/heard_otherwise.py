"""What callers said that the draft understands otherwise: newly, no longer, or as something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.inputs import Input, Speech
from ivr.speech.shown import masked, shortened

HeardHow = Literal["newly", "no longer", "elsewhere"]


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
        return (
            HeardOtherwise("elsewhere", shortened(masked(came.text))) if (asked or before.exit) != after.exit else None
        )
    return HeardOtherwise("newly" if before is None else "no longer", shortened(masked(came.text)))


def _answer(events: Sequence[Event]) -> ExitTaken | None:
    """The exit an utterance took; None where it was not understood."""
    for event in events:
        if isinstance(event, Failed):
            return None
        if isinstance(event, ExitTaken):
            return event
    return None
