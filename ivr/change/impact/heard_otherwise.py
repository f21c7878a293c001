"""What callers said that the draft understands otherwise: newly, no longer, or as something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.inputs import Input, Speech
from ivr.speech.shown import masked, shortened

HeardHow = Literal["newly", "no longer", "elsewhere"]


class HeardOtherwise(NamedTuple):
    """An utterance and what became of it; runs of four figures and more are masked."""

    how: HeardHow
    text: str


def heard_otherwise(
    came: Input, old: Sequence[Event], new: Sequence[Event], named: Callable[[ExitTaken], str]
) -> HeardOtherwise | None:
    """How an utterance is heard now that was answered by these events before. `named`: an old exit's name in the draft,
    empty where it has none. Words that were about a topic have answered further menus in the same turn."""
    if not isinstance(came, Speech):
        return None
    how = _how([named(exit) or exit.exit for exit in _answers(old)], [exit.exit for exit in _answers(new)])
    return HeardOtherwise(how, shortened(masked(came.text))) if how else None


def _how(before: Sequence[str], after: Sequence[str]) -> HeardHow | None:
    if any(old != new for old, new in zip(before, after, strict=False)):
        return "elsewhere"
    if len(before) == len(after):
        return None
    return "newly" if len(before) < len(after) else "no longer"


def _answers(events: Sequence[Event]) -> list[ExitTaken]:
    """The exits an utterance took, of the question it was said at and of further menus; none where it was not
    understood."""
    exits: list[ExitTaken] = []
    for event in events:
        if isinstance(event, Failed):
            break
        if isinstance(event, ExitTaken) and (event.topic or not exits):
            exits.append(event)
    return exits
