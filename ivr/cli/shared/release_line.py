"""A publication as `ivr releases` lists it, in a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ivr.messages.message import Message
from ivr.service.releases.release_ports import short


def release_line(entry: Mapping[str, Any]) -> Message:
    """What was published or rolled back, when, by whom and why, and what has become of it."""
    at = datetime.fromisoformat(entry["at"]).isoformat(sep=" ", timespec="minutes")
    said = _what_happened(entry)
    if entry["forced"]:
        said = Message("releases.forced", said=said, why=entry["forced"])
    if calls := entry["calls_in_progress"]:
        said = Message("releases.in-progress", said=said, calls=calls)
    if not entry["stored"]:
        said = Message("releases.content-removed", said=said)
    code = "releases.live-line" if entry["live"] else "releases.line"
    return Message(code, release=short(entry["release"]), at=at, said=said)


def _what_happened(entry: Mapping[str, Any]) -> Message:
    """What kind of publication it was, who made it, and why."""
    if entry["kind"] == "first":
        return Message("releases.first")  # its note says the same, in English
    said = entry["note"] or Message("releases.no-note")
    if entry["author"]:
        said = Message("releases.by", author=entry["author"], note=said)
    return Message("releases.rollback" if entry["kind"] == "rollback" else "releases.publish", said=said)
