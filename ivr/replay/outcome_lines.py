"""What an edit does to fixtures, as `ivr diff` and `ivr publish` print it: consequences folded under their cause."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from ivr.flow.model import StepKey
from ivr.messages.message import Message
from ivr.replay.outcome_changes import HOTLINE, OutcomeChange
from ivr.replay.sentences import at

Folded = Mapping[StepKey, Sequence[OutcomeChange]]
"""Fixtures by the step that is the cause of their change."""


def update_hint(folder: str) -> Message:
    """What to do where fixtures expect other words than those that are meant."""
    return Message("replay.lines.update", folder=folder)


def folded(changes: Sequence[OutcomeChange], causes: Container[StepKey] = ()) -> Folded:
    """The changes by their cause, in order. Where `causes` has a change of the hotline itself, and none of the step
    that says the words, it is the hotline's."""
    found: dict[StepKey, list[OutcomeChange]] = {}
    for change in changes:
        at = StepKey(change.flow, change.step)
        found.setdefault(HOTLINE if at not in causes and HOTLINE in causes else at, []).append(change)
    return found


def words_line(changes: Sequence[OutcomeChange]) -> Message:
    """The fixtures that only hear other words for one cause, in a line."""
    first, n = changes[0], len(changes)
    if n == 1:
        return Message("replay.lines.one-reworded", file=first.file)
    return Message("replay.lines.reworded", count=n, file=first.file)


def outcome_lines(
    changes: Sequence[OutcomeChange], played: int, folder: str, told: Container[StepKey] = ()
) -> Iterator[str]:
    """As `ivr diff` prints them: the fixtures with another result, one for each cause; then those with other words
    whose cause has not been `told` above, under the change itself. Nothing where none was played."""
    if not played:
        return
    other = [change for change in changes if not change.words]
    words = [change for change in changes if change.words]
    yield ""
    yield Message("replay.lines.counted", played=played, other=len(other), words=len(words))
    for cause, those in folded(other).items():
        yield from _results(cause, those)
    for cause, those in folded(words, told).items():
        if cause not in told:
            yield Message("replay.lines.words", said=at(those[0].file, those[0].said))
            yield from _more(cause, len(those) - 1)
    if any(change.after == "failed" for change in words):
        yield Message("replay.lines.indented", said=update_hint(folder))


def _results(cause: StepKey, those: Sequence[OutcomeChange]) -> Iterator[Message]:
    for after in ("failed", "passed"):
        alike = [change for change in those if change.after == after]
        if not alike:
            continue
        first = alike[0]
        said = first.said if first.said.startswith(first.file) else at(first.file, first.said)
        fails = after == "failed" and first.before == "passed"
        yield Message("replay.lines.fails", said=said) if fails else Message("replay.lines.changed", said=said)
        yield from _more(cause, len(alike) - 1)


def _more(cause: StepKey, others: int) -> Iterator[Message]:
    if not others:
        return
    if cause == HOTLINE:
        yield Message("replay.lines.more", others=others)
    else:
        yield Message("replay.lines.more-of-step", others=others, step=cause.step, flow=cause.flow)
