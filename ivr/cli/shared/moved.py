"""What has come between a look at a case and a move of it, for whoever was slower."""

from __future__ import annotations

from ivr.case.case import CaseEvent
from ivr.case.case_words import event_word, person
from ivr.messages.message import Message
from ivr.service.cases.keep_move import Changed


def changed_lines(changed: Changed) -> Message:
    """One sentence: what others have done since, and which version to look at."""
    if not changed.since:
        return Message("cases-command.no-version", version=changed.version)
    between = tuple(_said(event) for event in changed.since)
    return Message("cases-command.changed", between=between, version=changed.version)


def _said(event: CaseEvent) -> Message:
    at = event.at.isoformat(sep=" ", timespec="minutes")[:16]
    added = event.kind == "noted" and event.by.role == "caller"
    did = Message("case.event.added") if added else event_word(event.kind)
    return Message("cases-command.came-between", by=person(event.by), did=did, at=at)
