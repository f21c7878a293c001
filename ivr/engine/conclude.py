"""How a call ended: what the flow says of it, and what the customer got. Judged from beside the state, so that it may
be judged again with each later report."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.call.events import Disposition, Ending, Event, ExitTaken, FollowUpResult, PersonAsked, TransferEnded
from ivr.flow.model import Release

Said = Disposition | FollowUpResult | None
WORDS: tuple[Said, ...] = ("accepted", "not_accepted", "opted_out")
"""Results that are the customer's own word, after which nobody asks them again."""
NOT_THERE: tuple[Said, ...] = ("wrong_person", "machine")
"""Results of reaching whoever is not the customer."""


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


def said_of_end(said: Disposition | None, result: FollowUpResult | None) -> Said:
    """What was said that tells what the customer got: of a call that we placed its `result`, if that tells it, unless
    the flow has failed; else what the flow `said` of the end."""
    return result if result in (*WORDS, *NOT_THERE) and said not in ("failed", "limit") else said


def ending_of(*, began: bool, said: Said, person: PersonAsked | None, whole_case: bool, partial_case: bool) -> Ending:
    """What the customer got of a call that has ended: the first that holds, so that all calls add up.

    person   a transfer was answered
    failed   it took no turn, or the flow ended it with an apology or at a limit
    served   a case of it is whole: the question was answered, or the matter taken down
    message  a case was begun
    served   the customer we phoned said what they wanted to say: accepted, not_accepted, opted_out. All three are kept
             and acted on whatever comes after. With a case begun it was leave to ask alone, as a survey's yes is: what
             counts then are the answers, which are that case
    message  the flow says that a message was left
    closed   a person was asked for and nobody was there, or the flow says so; or whom we phoned was not there:
             wrong_person, machine
    lost     anything else: the customer hung up, fell silent or was led to goodbye before. Of a call of ours: later and
             unclear, for what we asked is still open, and person where nobody waited for one
    """
    if person == "answered":
        return "person"
    if not began or said in ("failed", "limit"):
        return "failed"
    if whole_case:
        return "served"
    if partial_case:
        return "message"
    if said in WORDS:
        return "served"
    if said == "message_left":
        return "message"
    nobody = person == "nobody" or said == "out_of_hours" or said in NOT_THERE
    return "closed" if nobody else "lost"
