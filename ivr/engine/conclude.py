"""How a call ended: what the flow says of it, and what the customer got. Judged from beside the state, so that it may
be judged again with each later report."""

from __future__ import annotations

from ivr.call.events import Disposition, Ending


def conclude(*, said: Disposition | None, transferred: bool, whole_case: bool) -> Disposition:
    """What the flow `said` stands; else an answered transfer, else a whole case, else abandoned."""
    if said:
        return said
    if transferred:
        return "transferred"
    return "completed" if whole_case else "abandoned"


def ending_of(
    *, began: bool, said: Disposition | None, transferred: bool, whole_case: bool, partial_case: bool
) -> Ending:
    """What the customer got of a call that has ended: the first that holds, so that all calls add up.

    person   a transfer was answered
    failed   it took no turn, or the flow ended it with an apology or at a limit
    served   a case of it is whole: the question was answered, or the matter taken down
    message  a case was begun, or the flow says that a message was left
    closed   the flow says that nobody was there
    lost     anything else: the customer hung up, fell silent or was led to goodbye before
    """
    if transferred:
        return "person"
    if not began or said in ("failed", "limit"):
        return "failed"
    if whole_case:
        return "served"
    if partial_case or said == "message_left":
        return "message"
    return "closed" if said == "out_of_hours" else "lost"
