"""A case as staff and outside programs read it: one flat object with its story, clock and the way it came."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr.call.events import ExitTaken
from ivr.case.case import CaseEvent, Life, due_of, given, priority
from ivr.case.case_clock import clock_state, why
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.calls.replay_call import replay_call
from ivr.service.cases.case_rows import case_of, event_of
from ivr.service.ports import Ports
from ivr.service.stored_rows import CaseFilter, CaseOnRecord, CaseReader, StoryOnRecord

MOMENTS = ("opened_at", "due_at")
"""What an event says of times. The log has them in UTC; a report has all its times in one zone."""


class CaseReports:
    """Makes reports of cases, for programs and for people."""

    def __init__(self, ports: Ports, rows: CaseReader) -> None:
        self._ports, self._rows = ports, rows
        self._zones: dict[str | None, ZoneInfo] = {}

    def page(self, wanted: CaseFilter) -> list[dict[str, Any]]:
        """The wanted cases. `NoSuch` where the page should begin behind a case that is none, or that has no place in
        this list."""
        found = self._rows.page(wanted)
        if not found and wanted.after is not None:
            behind = self._rows.case(wanted.after)
            if behind is None:
                raise NoSuch(Message("service.case.none", case=str(wanted.after)))
            if behind.row.due_at is None and (wanted.due_before or wanted.overdue_at):
                raise NoSuch(Message("service.case.no-deadline", case=str(wanted.after)))
        return [self.report(case) for case in found]

    def of_call(self, call: str) -> list[dict[str, Any]]:
        """The cases of a call."""
        return [self.report(case) for case in self._rows.of_call(call)]

    def one(self, number: int) -> dict[str, Any]:
        """One case with the path of its call and its events. `NoSuch` where the number is nobody's."""
        found = self._rows.case(number)
        if found is None:
            raise NoSuch(Message("service.case.none", case=str(number)))
        events = [event_of(row) for row in self._rows.events(number)]
        report = self.report(found)
        report["clock"]["why"] = why(events)
        return {**report, "path": self._path(found.row.call), "events": self.told(found, events)}

    def told(self, found: CaseOnRecord, events: Iterable[CaseEvent]) -> list[dict[str, Any]]:
        """Events of a case, with all their times in the zone of its report."""
        zone = self._zone(found.release)
        return [_event(event, zone) for event in events]

    def report(self, found: CaseOnRecord) -> dict[str, Any]:
        """A case without its events and without the path of its call."""
        row, case, zone = found.row, case_of(found.row), self._zone(found.release)
        fields = given(case)
        due_at = None if case.ended_at else case.due_at
        return {
            "number": str(row.number),
            "kind": case.kind,
            "status": case.status,
            "language": found.language or case.language,
            "caller": case.customer or None,
            "contact": fields.get("phone") or self._callable(found.release, case.customer),
            "product": fields.get("product"),
            "story": _story(found.story, fields.get("story", "")),
            "rating": int(fields["rating"]) if fields.get("rating", "").isdecimal() else None,
            "resolved": fields.get("resolved"),
            "opened_at": _at(case.opened_at, zone),
            "due_at": _at(due_at, zone) if due_at else None,
            "due": due_of(case),
            "partial": case.partial,
            "disposition": found.disposition,
            "ending": found.ending,
            "call": case.call,
            "release": found.release,
            "simulated": case.simulated,
            "subject": fields.get("subject"),
            "priority": priority(case),
            "owner": case.owner,
            "ended_at": _at(case.ended_at, zone) if case.ended_at else None,
            "time_zone": zone.key,
            "version": case.version,
            "team": case.team,
            "clock": {"name": case.clock, "state": clock_state(case, self._ports.clock())},
            **_life(case.life, zone),
        }

    def _callable(self, release: str | None, customer: str) -> str | None:
        """The caller's own number where the hotline may phone it: anybody can send any number as theirs."""
        for known in (release, self._ports.store.current_release()):
            with suppress(NoSuch):
                if known:
                    return customer if self._ports.release(known).phoned.may_call(customer) else None
        return customer or None

    def _path(self, call: str | None) -> list[str] | None:
        """The exits taken; None where the release that says so has been removed, and of a case without a call."""
        if call is None:
            return None
        try:
            turns = replay_call(self._ports, call)[1]
            taken = [event for turn in turns for event in turn.events if isinstance(event, ExitTaken)]
        except NoSuch:
            return None
        return [f"{event.flow}.{event.step}:{event.exit}" for event in taken]

    def _zone(self, release: str | None) -> ZoneInfo:
        """The hotline's: by the call's release; by the one of today where that has been removed."""
        if release not in self._zones:
            self._zones[release] = self._zone_of(release)
        return self._zones[release]

    def _zone_of(self, release: str | None) -> ZoneInfo:
        for known in (release, self._ports.store.current_release()):
            with suppress(NoSuch):
                if known:
                    return ZoneInfo(self._ports.release(known).time_zone)
        return ZoneInfo("UTC")


def _life(life: Life, zone: ZoneInfo) -> dict[str, Any]:
    """What staff have made of the case."""
    return {
        "told_at": _at(life.told_at, zone) if life.told_at else None,
        "decision": life.decision,
        "escalated": life.escalated,
        "reopened": life.reopened,
        "attempts": life.attempts,
        "late": life.late,
        "risk": life.risk,
        "stopped": life.stopped,
        "conflicts": list(life.conflicts),
        "linked": [str(number) for number in life.links],
        "represented": life.represented,
        "codes": dict(life.codes),
    }


def _story(recorded: StoryOnRecord | None, said: str) -> dict[str, Any] | None:
    """What was said: the recording, else the words themselves."""
    if recorded is not None:
        return {"text": recorded.transcript, "recording_url": recorded.url, "seconds": recorded.seconds}
    return {"text": said, "recording_url": None, "seconds": None} if said else None


def _event(event: CaseEvent, zone: ZoneInfo) -> dict[str, Any]:
    """What happened, who did it, and what came with it; after an erasure only the facts of that."""
    data = {**event.facts, **(event.personal or {})}
    data |= {name: _at(datetime.fromisoformat(data[name]), zone) for name in MOMENTS if name in data}
    return {"at": _at(event.at, zone), "kind": event.kind, "by": event.by.name, "role": event.by.role, "data": data}


def _at(moment: datetime, zone: ZoneInfo) -> str:
    """RFC 3339, in the hotline's zone, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds")
