"""The words of a case report for people: its fields and their values, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.case.case import By
from ivr.case.move_checks import ROLES, STATUS_WORDS
from ivr.messages.message import Message

FIELDS = {
    "number": "case.field.number",
    "kind": "case.field.kind",
    "status": "case.field.status",
    "language": "case.field.language",
    "caller": "case.field.caller",
    "contact": "case.field.contact",
    "product": "case.field.product",
    "story": "case.field.story",
    "rating": "case.field.rating",
    "resolved": "case.field.resolved",
    "asked_for_call": "case.field.asked-for-call",
    "opened_at": "case.field.opened-at",
    "due": "case.field.due",
    "call": "case.field.call",
    "release": "case.field.release",
    "subject": "case.field.subject",
    "priority": "case.field.priority",
    "owner": "case.field.owner",
    "team": "case.field.team",
    "path": "case.field.path",
    "clock": "case.field.clock",
    "phone": "case.field.phone",
    "outcome": "case.field.outcome",
    "reason": "case.field.reason",
    "reasons": "case.field.reasons",
    "answer": "case.field.answer",
    "text": "case.field.text",
    "ending": "case.field.ending",
    "told": "case.field.told",
    "channel": "case.field.channel",
    "business": "case.field.business",
    "root_cause": "case.field.root-cause",
    "urgency": "case.field.urgency",
    "risk": "case.field.risk",
    "category": "case.field.category",
    "next_step": "case.field.next-step",
    "marks": "case.field.marks",
    "represented": "case.field.represented",
    "conflicts": "case.field.conflicts",
    "version": "case.field.version",
    "late": "case.field.late",
    "why": "case.field.why",
}
YES_NO = {"yes": "case.word.yes", "no": "case.word.no"}
KINDS = {
    "inquiry": "case.kind.inquiry",
    "complaint": "case.kind.complaint",
    "feedback": "case.kind.feedback",
    "callback": "case.kind.callback",
}
PRIORITIES = {
    "normal": "case.priority.normal",
    "high": "case.priority.high",
    "urgent": "case.priority.urgent",
}
DISPOSITIONS = {
    "completed": "case.disposition.completed",
    "transferred": "case.disposition.transferred",
    "message_left": "case.disposition.message-left",
    "abandoned": "case.disposition.abandoned",
    "out_of_hours": "case.disposition.out-of-hours",
    "limit": "case.disposition.limit",
    "failed": "case.disposition.failed",
}
ENDINGS = {
    "served": "case.ending.served",
    "person": "case.ending.person",
    "message": "case.ending.message",
    "closed": "case.ending.closed",
    "lost": "case.ending.lost",
    "failed": "case.ending.failed",
}
EVENTS = {
    "opened": "case.event.opened",
    "noted": "case.event.noted",
    "completed": "case.event.completed",
    "answered": "case.event.answered",
    "unanswered": "case.event.unanswered",
    "assigned": "case.event.assigned",
    "taken": "case.event.taken",
    "conflicted": "case.event.conflicted",
    "decided": "case.event.decided",
    "told": "case.event.told",
    "attempted": "case.event.attempted",
    "unreached": "case.event.unreached",
    "contact": "case.event.contact",
    "withdrawn": "case.event.withdrawn",
    "reopened": "case.event.reopened",
    "extended": "case.event.extended",
    "paused": "case.event.paused",
    "resumed": "case.event.resumed",
    "watched": "case.event.watched",
    "warned": "case.event.warned",
    "escalated": "case.event.escalated",
    "prioritized": "case.event.prioritized",
    "coded": "case.event.coded",
    "represented": "case.event.represented",
    "linked": "case.event.linked",
    "triaged": "case.event.triaged",
}
OUTCOMES = {
    "upheld": "case.outcome.upheld",
    "partly": "case.outcome.partly",
    "rejected": "case.outcome.rejected",
    "explained": "case.outcome.explained",
}
TOLD_BY = {
    "letter": "case.told-by.letter",
    "mail": "case.told-by.mail",
    "branch": "case.told-by.branch",
    "phone": "case.told-by.phone",
}
SPEAKS = {
    "proxy": "case.speaks.proxy",
    "heir": "case.speaks.heir",
    "group": "case.speaks.group",
}
RESULT_WORDS = {
    "accepted": "outgoing.result.accepted",
    "not_accepted": "outgoing.result.not-accepted",
    "unclear": "outgoing.result.unclear",
    "wrong_person": "outgoing.result.wrong-person",
    "later": "outgoing.result.later",
    "opted_out": "outgoing.result.opted-out",
    "machine": "outgoing.result.machine",
    "person": "outgoing.result.person",
    "busy": "outgoing.result.busy",
    "no_answer": "outgoing.result.no-answer",
    "failed": "outgoing.result.failed",
    "unknown": "outgoing.result.unknown",
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": KINDS,
    "status": STATUS_WORDS,
    "priority": PRIORITIES,
    "disposition": DISPOSITIONS,
    "ending": ENDINGS,
    "urgency": PRIORITIES,
    "outcome": OUTCOMES,
    "how": TOLD_BY,
    "represented": SPEAKS,
    "result": RESULT_WORDS,
    "resolved": YES_NO,
    "asked_for_call": YES_NO,
    "simulated": YES_NO,
}
"""The words of a field's values. All others are data."""
END_OF_DAY = "23:59:59"
"""A deadline at this time is one of days: its day says all."""


def field_name(name: str) -> str:
    """What a field is called."""
    return Message(FIELDS[name]) if name in FIELDS else name


def word(name: str, value: str) -> str:
    """The word for a value of a field; the value itself where it is data."""
    words = VALUES.get(name, {})
    return Message(words[value]) if value in words else value


def event_word(kind: str) -> str:
    """What happened to a case, in a word."""
    return Message(EVENTS[kind]) if kind in EVENTS else kind


def person(by: By) -> str:
    """Who did something, with the role of staff: a caller is their own role."""
    role = Message(ROLES[by.role]) if by.role in ROLES else by.role
    return role if by.name == by.role else Message("case.by-staff", name=by.name, role=role)


def field_pairs(fields: Mapping[str, str]) -> tuple[Message, ...]:
    """Fields with their values, for a sentence that lists them."""
    return tuple(
        Message("case.pair", name=field_name(name), value=word(name, value)) for name, value in fields.items() if value
    )


def day(date: str) -> Message:
    """A day as a sentence has it."""
    year, month, number = map(int, date.split("-"))
    return Message("case.day", year=year, month=month, day=number)


def clock_time(moment: str) -> str:
    """A moment in the zone it is written in, to the second, without that zone."""
    return moment[:19].replace("T", " ")


def day_or_time(day: str, moment: str) -> str:
    """A deadline by its day, and with its time where that is not the end of the day."""
    at = clock_time(moment)
    return day if not at or at.endswith(END_OF_DAY) else at[:16]
