"""What changed between two releases, as `ivr diff` prints it: by flow, with both texts of a prompt that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.change.diff.change import Change
from ivr.change.diff.wording import side_by_side
from ivr.flow.model import StepKey
from ivr.messages.message import Message


def diff_lines(
    before: str, after: str, changes: Sequence[Change], consequences: Mapping[StepKey, str] | None = None
) -> Iterator[str]:
    """The lines; `before` and `after` are the names of the releases. `consequences` is what follows from the changes
    of a step (of the hotline itself: both names empty), a line said once under the last of them."""
    last = {StepKey(change.flow, change.step): change for change in changes}
    if not changes:
        yield Message("diff.nothing", before=before, after=after)
        return
    yield Message("diff.heading", before=before, after=after)
    for flow in dict.fromkeys(change.flow for change in changes):
        yield ""
        yield Message("diff.of-flow", flow=flow) if flow else Message("diff.of-hotline")
        moved = _moved([change for change in changes if change.flow == flow])
        for change in (change for change in changes if change.flow == flow):
            at = StepKey(change.flow, change.step)
            if change.what != "choice moved" or at not in moved:
                yield Message("diff.line", change=change.sentence)
            elif moved[at]:
                yield Message("diff.line", change=moved[at])
                moved[at] = None
            if change.what == "words" and change.before and change.after:
                was, now = side_by_side(change.before, change.after)
                yield Message("diff.words-before", text=was)
                yield Message("diff.words-now", text=now)
            if consequences and at in consequences and last[at] is change:
                yield Message("diff.consequence", what=consequences[at])


def _moved(changes: Sequence[Change]) -> dict[StepKey, Message | None]:
    """A sentence for each step of which several choices have another key: they mostly move on behind a new one."""
    found: dict[StepKey, list[Change]] = {}
    for change in changes:
        if change.what == "choice moved":
            found.setdefault(StepKey(change.flow, change.step), []).append(change)
    return {at: _sentence(moves) for at, moves in found.items() if moves[1:]}


def _sentence(moves: Sequence[Change]) -> Message:
    each = tuple(Message("diff.choice.move", name=c.name, before=c.before, now=c.after) for c in moves)
    return Message("diff.choice.several-moved", step=moves[0].sentence.values["step"], n=len(moves), each=each)
