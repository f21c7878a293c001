"""A case as staff and outside programs read it: one flat object with its story, clock and the way it came."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ivr.call.events import ExitTaken
from ivr.case.case_record import PRIORITIES, CaseRecord
from ivr.errors import NoSuch
from ivr.service.calls.replay_call import replay_call
from ivr.service.ports import Ports
from ivr.service.stored_rows import CaseOnRecord, CaseReader

_decode = msgspec.json.Decoder(CaseRecord).decode


class CaseReports:
    """Makes reports; a call's path and recordings are read once for all its cases."""

    def __init__(self, ports: Ports, rows: CaseReader) -> None:
        self._ports, self._rows = ports, rows
        self._paths: dict[str, list[str] | None] = {}

    def newest(self, most: int = 1000) -> list[dict[str, Any]]:
        """All cases, newest first, at most `most`."""
        return [self._report(row) for row in self._rows.cases(most=most)]

    def of_call(self, call: str) -> list[dict[str, Any]]:
        """The cases of a call."""
        return [self._report(row) for row in self._rows.cases(call=call)]

    def one(self, number: int) -> dict[str, Any]:
        """One case with its events. `NoSuch` where the number is nobody's."""
        found = self._rows.cases(number=number)
        if not found:
            raise NoSuch(f"there is no case {number}.")
        zone = self._zone(found[0].of.release)
        events = [
            {"at": _at(e.at, zone), "kind": e.kind, "by": e.by, "data": msgspec.json.decode(e.personal)}
            for e in self._rows.events(number)
        ]
        return {**self._report(found[0]), "events": events}

    def _report(self, row: CaseOnRecord) -> dict[str, Any]:
        record = _decode(row.personal)
        zone = self._zone(row.of.release)
        given = record.fields
        return {
            "number": str(row.number),
            "kind": row.kind,
            "status": row.status,
            "language": row.of.language,
            "caller": row.of.customer or None,
            "contact": given.get("phone") or row.of.customer or None,
            "product": given.get("product"),
            "story": self._story(row, given.get("story", "")),
            "rating": int(given["rating"]) if given.get("rating", "").isdigit() else None,
            "resolved": given.get("resolved"),
            "opened_at": _at(row.opened_at, zone),
            "due_at": _at(row.due_at, zone) if row.due_at else None,
            "due": row.due,
            "partial": bool(row.partial),
            "disposition": row.of.disposition,
            "ending": row.of.ending,
            "call": row.call,
            "release": row.of.release,
            "path": self._path(row.call),
            "simulated": bool(row.of.simulated),
            "subject": given.get("subject"),
            "priority": given.get("priority", PRIORITIES[0]),
        }

    def _story(self, row: CaseOnRecord, saved: str) -> dict[str, Any] | None:
        """What was said: the recording the case names, else one of its call that no turn has claimed (its action
        never came), else the words themselves."""
        made = {r.recording: r for r in self._rows.recordings(row.call)}
        found = made.get(saved)
        if found is None and not saved:
            late = [r for r in made.values() if r.turn is not None and r.turn > row.turn]
            found = late[0] if late and row.partial else None
        if found is not None:
            return {"text": found.transcript, "recording_url": found.url, "seconds": found.seconds}
        return {"text": saved, "recording_url": None, "seconds": None} if saved else None

    def _path(self, call: str) -> list[str] | None:
        """The exits taken; None where the release that says so has been removed."""
        if call not in self._paths:
            try:
                turns = replay_call(self._ports, call)[1]
                taken = [event for turn in turns for event in turn.events if isinstance(event, ExitTaken)]
                self._paths[call] = [f"{event.flow}.{event.step}:{event.exit}" for event in taken]
            except NoSuch:
                self._paths[call] = None
        return self._paths[call]

    def _zone(self, release: str | None) -> ZoneInfo:
        """The hotline's: by the call's release; by the one of today where that has been removed."""
        for known in (release, self._ports.store.current_release()):
            with suppress(NoSuch):
                if known:
                    return ZoneInfo(self._ports.release(known).time_zone)
        return ZoneInfo("UTC")


def _at(stamp: str, zone: ZoneInfo) -> str:
    """RFC 3339, in the hotline's zone, to the second."""
    return datetime.fromisoformat(stamp).astimezone(zone).isoformat(timespec="seconds")
