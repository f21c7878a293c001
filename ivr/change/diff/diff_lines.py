"""What changed between two releases, as `ivr diff` prints it: by flow, with both texts of a prompt that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.change.diff.change import Change
from ivr.change.diff.wording import side_by_side


def diff_lines(before: str, after: str, changes: Sequence[Change]) -> Iterator[str]:
    """The lines; `before` and `after` are the names of the releases."""
    if not changes:
        yield f"From {before} to {after} nothing changed."
        return
    yield f"From {before} to {after}:"
    for flow in dict.fromkeys(change.flow for change in changes):
        yield ""
        yield f"flow {flow}" if flow else "the hotline itself"
        for change in (change for change in changes if change.flow == flow):
            yield f"  {change.sentence}"
            if change.what == "words" and change.before and change.after:
                was, now = side_by_side(change.before, change.after)
                yield f"      before: {was}"
                yield f"      now:    {now}"
