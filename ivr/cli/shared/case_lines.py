"""Cases as people read them in a terminal."""

from __future__ import annotations

from typing import Any

from ivr.case.case_fields import PRIORITIES
from ivr.service.releases.release_ports import short


def case_lines(case: dict[str, Any]) -> list[str]:
    """Everything about one case: its fields, the way of its call, and what happened to it."""
    lines = [f"{name:<12} {_shown(value)}" for name, value in case.items() if name != "events" and value is not None]
    if case["path"] is None and case["release"]:
        lines.append(f"{'path':<12} not known any more: release {short(case['release'])} has been removed")
    return lines + [_event_line(event) for event in case["events"]]


def _event_line(event: dict[str, Any]) -> str:
    """Who did what, with the role of staff: a caller is their own role."""
    by = event["by"] if event["by"] == event["role"] else f"{event['by']} ({event['role']})"
    fields = ", ".join(f"{name} {value}" for name, value in event["data"].items())
    return f"  {event['at']}  {by}: {event['kind']}{f' ({fields})' if fields else ''}"


def case_line(case: dict[str, Any]) -> str:
    """A case in a list."""
    due = f"due {case['due']}" if case["due"] else "nothing due"
    owner = f" by {case['owner']}" if case["owner"] else ""
    marks = "".join(f", {mark}" for mark in ("partial", "simulated") if case[mark])
    topics = " ".join(case[name] for name in ("product", "subject") if case[name])
    about = f" about {topics}" if topics else ""
    urgent = "" if case["priority"] == PRIORITIES[0] else f", {case['priority']}"
    head = f"{case['number']}  {case['opened_at']}  {case['kind']}{about}{urgent}"
    return f"{head}: {case['status'].replace('_', ' ')}{owner}, {due}{marks}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part is not None)
    if isinstance(value, list):
        return " > ".join(map(str, value))
    return str(value)
