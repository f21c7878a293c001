"""How a call ended: what the flow says of it, and what the customer got. Judged from beside the state, so that it may
be judged again with each later report."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.call.events import Disposition, Ending, Event, ExitTaken, PersonAsked, TransferEnded
from ivr.flow.model import Release


def person_asked(before: PersonAsked | None, release: Release, events: Iterable[Event]) -> PersonAsked | None:
    """What has come of asking for a person after these events too. A desk that is closed is not rung, and is nobody."""
    found = before
    for event in events:
        if isinstance(event, TransferEnded) and event.outcome == "answered":
            return "answered"
        if found is None and isinstance(event, ExitTaken):
            wanted = release.flows[event.flow].steps[event.step].declared.outcomes
            found = "nobody" if event.exit in wanted and event.exit != "answered" else None
    return found


def conclude(*, said: Disposition | None, person: PersonAsked | None, whole_case: bool) -> Disposition:
    """What the flow `said` stands; else an answered transfer, else a whole case, else abandoned."""
    if said:
        return said
    if person == "answered":
        return "transferred"
    return "completed" if whole_case else "abandoned"


def ending_of(
    *, began: bool, said: Disposition | None, person: PersonAsked | None, whole_case: bool, partial_case: bool
) -> Ending:
    """What the customer got of a call that has ended: the first that holds, so that all calls add up.

    person   a transfer was answered
    failed   it took no turn, or the flow ended it with an apology or at a limit
    served   a case of it is whole: the question was answered, or the matter taken down
    message  a case was begun, or the flow says that a message was left
    closed   a person was asked for and nobody was there, or the flow says so
    lost     anything else: the customer hung up, fell silent or was led to goodbye before
    """
    if person == "answered":
        return "person"
    if not began or said in ("failed", "limit"):
        return "failed"
    if whole_case:
        return "served"
    if partial_case or said == "message_left":
        return "message"
    return "closed" if person == "nobody" or said == "out_of_hours" else "lost"
