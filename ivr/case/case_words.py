"""The words of a case report for people: its fields and their values, in the reader's language."""

from __future__ import annotations

from typing import Any

from ivr.case.case import By
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
    "opened_at": "case.field.opened-at",
    "due_at": "case.field.due-at",
    "due": "case.field.due",
    "partial": "case.field.partial",
    "disposition": "case.field.disposition",
    "ending": "case.field.ending",
    "call": "case.field.call",
    "release": "case.field.release",
    "simulated": "case.field.simulated",
    "subject": "case.field.subject",
    "priority": "case.field.priority",
    "owner": "case.field.owner",
    "ended_at": "case.field.ended-at",
    "time_zone": "case.field.time-zone",
    "path": "case.field.path",
    "clock": "case.field.clock",
    "customer": "case.field.customer",
    "phone": "case.field.phone",
    "outcome": "case.field.outcome",
    "approver": "case.field.approver",
    "reason": "case.field.reason",
    "text": "case.field.text",
    "recording_url": "case.field.recording-url",
    "seconds": "case.field.seconds",
    "version": "case.field.version",
    "team": "case.field.team",
    "told_at": "case.field.told-at",
    "decision": "case.field.decision",
    "escalated": "case.field.escalated",
    "reopened": "case.field.reopened",
    "attempts": "case.field.attempts",
    "late": "case.field.late",
    "triage": "case.field.triage",
    "stopped": "case.field.stopped",
    "conflicts": "case.field.conflicts",
    "linked": "case.field.linked",
    "represented": "case.field.represented",
    "codes": "case.field.codes",
    "warn_at": "case.field.warn-at",
    "name": "case.field.name",
    "state": "case.field.state",
    "why": "case.field.why",
    "risk": "case.field.risk",
    "marks": "case.field.marks",
    "to": "case.field.to",
}
"""Fields of a report and of an event's data. A flow may fill others: those go by their own names."""
YES_NO = {"yes": "case.word.yes", "no": "case.word.no"}
KINDS = {
    "inquiry": "case.kind.inquiry",
    "complaint": "case.kind.complaint",
    "feedback": "case.kind.feedback",
    "callback": "case.kind.callback",
}
STATUSES = {
    "open": "case.status.open",
    "in_progress": "case.status.in-progress",
    "closed": "case.status.closed",
    "withdrawn": "case.status.withdrawn",
    "acknowledged": "case.status.acknowledged",
    "decided": "case.status.decided",
    "follow_up_due": "case.status.follow-up-due",
    "closed_unconfirmed": "case.status.closed-unconfirmed",
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
    "taken": "case.event.taken",
    "extended": "case.event.extended",
    "withdrawn": "case.event.withdrawn",
    "assigned": "case.event.assigned",
    "conflicted": "case.event.conflicted",
    "decided": "case.event.decided",
    "told": "case.event.told",
    "attempted": "case.event.attempted",
    "unreached": "case.event.unreached",
    "contact": "case.event.contact",
    "reopened": "case.event.reopened",
    "paused": "case.event.paused",
    "resumed": "case.event.resumed",
    "warned": "case.event.warned",
    "escalated": "case.event.escalated",
    "prioritized": "case.event.prioritized",
    "coded": "case.event.coded",
    "represented": "case.event.represented",
    "linked": "case.event.linked",
    "triaged": "case.event.triaged",
}
ROLES = {
    "caller": "case.role.caller",
    "system": "case.role.system",
    "agent": "case.role.agent",
    "lead": "case.role.lead",
    "quality": "case.role.quality",
}
VALUES = {
    "kind": KINDS,
    "status": STATUSES,
    "priority": PRIORITIES,
    "disposition": DISPOSITIONS,
    "ending": ENDINGS,
    "outcome": EVENTS,
    "resolved": YES_NO,
    "simulated": YES_NO,
}
"""The words of a field's values. All others are data."""
MOMENT = "_at"
"""The end of the name of a field that holds a moment, not a day."""


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


def shown_value(name: str, value: Any) -> str:
    """A value of a report: a moment by the hotline's clock, which the report names once."""
    if isinstance(value, bool):
        return Message("case.word.yes") if value else Message("case.word.no")
    if isinstance(value, dict):
        return pairs({key: part for key, part in value.items() if part is not None})
    if isinstance(value, list):
        return " > ".join(map(str, value))
    return clock_time(str(value)) if name.endswith(MOMENT) else word(name, str(value))


def pairs(fields: dict[str, Any]) -> Message:
    """Fields with their values, one after another."""
    return Message("case.pairs", pairs=tuple(_pair(name, value) for name, value in fields.items()))


def _pair(name: str, value: Any) -> Message:
    return Message("case.pair", name=field_name(name), value=shown_value(name, value))


def day(date: str) -> Message:
    """A day as a sentence has it."""
    year, month, number = map(int, date.split("-"))
    return Message("case.day", year=year, month=month, day=number)


def clock_time(moment: str) -> str:
    """A moment in the zone it is written in, to the second, without that zone."""
    return moment[:19].replace("T", " ")
