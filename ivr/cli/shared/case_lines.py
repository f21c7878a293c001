"""Cases as people read them in a terminal."""

from __future__ import annotations

from typing import Any

from ivr.case.case import By
from ivr.case.case_fields import PRIORITIES
from ivr.case.case_words import clock_time, event_word, field_name, pairs, person, shown_value, word
from ivr.lint.formats.text import width
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.service.releases.release_ports import short

NAME_COLUMNS = 12
END_OF_DAY = "23:59:59"
"""A deadline at this time is one of days: its day says all."""


def case_lines(case: dict[str, Any]) -> list[str]:
    """Everything about one case: its fields, the path of its call, and what happened to it, by the hotline's clock."""
    lines = [_field(name, shown_value(name, value)) for name, value in case.items() if _is_told(name, value)]
    if case["path"] is None and case["release"]:
        lines.append(_field("path", Message("case.path-gone", release=short(case["release"]))))
    return lines + [event_line(event) for event in case["events"]]


def _is_told(name: str, value: Any) -> bool:
    return name != "events" and value not in (None, [], {})


def _field(name: str, value: str) -> str:
    label = shown(field_name(name))
    return f"{label}{' ' * (NAME_COLUMNS - width(label))} {shown(value)}"


def event_line(event: dict[str, Any]) -> Message:
    """When it was, who did what, and what came with it."""
    at, by = clock_time(event["at"]), person(By(event["by"], event["role"]))
    did = event_word(event["kind"])
    if not event["data"]:
        return Message("case.event-line", at=at, by=by, did=did)
    return Message("case.event-line-with", at=at, by=by, did=did, fields=pairs(event["data"]))


def case_line(case: dict[str, Any]) -> Message:
    """A case in a list."""
    topics = " ".join(case[name] for name in ("product", "subject") if case[name])
    kind = word("kind", case["kind"])
    what = Message("case.line.about", kind=kind, topics=topics) if topics else kind
    urgent = () if case["priority"] == PRIORITIES[0] else (word("priority", case["priority"]),)
    status = word("status", case["status"])
    state = Message("case.line.taken", status=status, owner=case["owner"]) if case["owner"] else status
    marks = (
        *((Message("case.line.partial"),) if case["partial"] else ()),
        *((Message("case.line.simulated"),) if case["simulated"] else ()),
    )
    return Message(
        "case.line.whole", number=case["number"], opened=case["opened_at"], what=(what, *urgent),
        state=(state, _due(case), *marks),
    )  # fmt: skip


def _due(case: dict[str, Any]) -> Message:
    """The day of a deadline, and its time where that is not the end of the day."""
    if not case["due"]:
        return Message("case.line.nothing-due")
    moment = clock_time(case["due_at"])
    return Message("case.line.due", when=case["due"] if moment.endswith(END_OF_DAY) else moment[:16])
