"""A case as staff and outside programs read it: one flat object with its story, clock and the way it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr.call.events import ExitTaken
from ivr.case.case import Case, CaseEvent, Life, due_of, given, priority
from ivr.case.case_clock import clock_state, why
from ivr.case.case_fields import STORY
from ivr.case.case_fold import folded
from ivr.case.triage import proposed
from ivr.errors import NoSuch, StoreUnavailable
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.calls.replay_call import replay_call
from ivr.service.cases.case_rows import case_of, case_row, event_of
from ivr.service.ports import Ports
from ivr.service.rows import CaseRow
from ivr.service.stored_rows import CaseFilter, CaseOnRecord, CaseReader, StoryOnRecord

MOMENT = "_at"
"""The end of the names of times in an event. The log has them in UTC; a report has all its times in one zone."""
MOST_OTHERS = 5


class CaseReports:
    """Makes reports of cases, for programs and for people. `damaged`: why cases are missing from the pages."""

    def __init__(self, ports: Ports, rows: CaseReader) -> None:
        self._ports, self._rows = ports, rows
        self.damaged: list[StoreUnavailable] = []
        self._zones: dict[str | None, ZoneInfo] = {}
        self._workdays_left: dict[tuple[str | None, str, date], int | None] = {}

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
        return list(self._readable(found))

    def _readable(self, found: Iterable[CaseOnRecord]) -> Iterator[dict[str, Any]]:
        """Reports of those that can be read; the others are `damaged`, and keep nobody from the rest."""
        for case in found:
            try:
                yield self.report(case)
            except StoreUnavailable as damaged:
                self.damaged.append(damaged)

    def of_call(self, call: str) -> list[dict[str, Any]]:
        """The cases of a call."""
        return [self.report(case) for case in self._rows.of_call(call)]

    def one(self, number: int, version: int | None = None) -> dict[str, Any]:
        """One case with the path of its call and its events; as of a version, whatever has come since. `NoSuch` where
        the number is nobody's."""
        found = self._rows.case(number)
        if found is None:
            raise NoSuch(Message("service.case.none", case=str(number)))
        events = [event_of(row) for row in self._rows.events(number) if version is None or row.seq <= version]
        if version is not None:
            found = found._replace(row=case_row(number, folded(events)))
        report = self.report(found)
        report["clock"]["why"] = why(events)
        report |= {"said_later": self._said_later(found, events), "others": self._others(found.row)}
        return {**report, "path": self._path(found.row.call), "events": self.told(found, events)}

    def _said_later(self, found: CaseOnRecord, events: Iterable[CaseEvent]) -> list[dict[str, Any]]:
        """What the customer told in other calls than that of the case, such as why they do not accept the answer."""
        told = [(each, each.call, (each.personal or {}).get(STORY, "")) for each in events]
        later = [(each, call, said) for each, call, said in told if said and call and call != found.row.call]
        recorded = self._rows.recorded({call for _, call, _ in later})
        zone = self._zone(found.release)
        return [
            {"at": _at(each.at, zone), "call": call, **_heard(recorded.get(said), said)} for each, call, said in later
        ]

    def _others(self, row: CaseRow) -> list[str]:
        """The newest other open cases of the same customer."""
        if not row.customer:
            return []
        wanted = CaseFilter(customer=row.customer, open_only=True, simulated=row.simulated, most=MOST_OTHERS + 1)
        numbers = [str(found.row.number) for found in self._rows.page(wanted) if found.row.number != row.number]
        return numbers[:MOST_OTHERS]

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
            "clock": self._clock(found, case),
            **_life(case.life, zone),
        }

    def _clock(self, found: CaseOnRecord, case: Case) -> dict[str, Any]:
        """How the case stands with its deadline, and while it runs how many workdays are left: below zero once it has
        passed."""
        now = self._ports.clock()
        state = clock_state(case, now)
        left = self._left(found.release, case.due, now) if case.due and state in ("running", "missed") else None
        return {"name": case.clock, "state": state, "workdays_left": left}

    def _left(self, release: str | None, due: str, now: datetime) -> int | None:
        """By the calendar of the call's release, or of the one of today; None where there is neither."""
        today = now.astimezone(self._zone(release)).date()
        key = (release, due, today)
        if key not in self._workdays_left:
            known = self._release(release)
            workdays = known.calendars.workdays if known else None
            self._workdays_left[key] = workdays.between(today, date.fromisoformat(due)) if workdays else None
        return self._workdays_left[key]

    def _callable(self, release: str | None, customer: str) -> str | None:
        """The caller's own number where the hotline may phone it: anybody can send any number as theirs."""
        known = self._release(release)
        may = known is None or known.phoned.may_call(customer)
        return (customer or None) if may else None

    def _release(self, name: str | None) -> Release | None:
        """A release, or the one of today where that has been removed."""
        for known in (name, self._ports.store.current_release()):
            with suppress(NoSuch):
                if known:
                    return self._ports.release(known)
        return None

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

    def zone_today(self) -> ZoneInfo:
        """The hotline's zone, by the live release."""
        return self._zone(self._ports.store.current_release())

    def _zone(self, release: str | None) -> ZoneInfo:
        """The hotline's: by the call's release; by the one of today where that has been removed."""
        if release not in self._zones:
            known = self._release(release)
            self._zones[release] = ZoneInfo(known.time_zone if known else "UTC")
        return self._zones[release]


def _life(life: Life, zone: ZoneInfo) -> dict[str, Any]:
    """What staff have made of the case."""
    return {
        "told_at": _at(life.told_at, zone) if life.told_at else None,
        "decision": life.decision,
        "escalated": life.escalated,
        "reopened": life.reopened,
        "attempts": life.attempts,
        "late": life.late,
        "triage": proposed(life.triage),
        "stopped": life.stopped,
        "conflicts": list(life.conflicts),
        "linked": [str(number) for number in life.links],
        "represented": life.represented,
        "codes": dict(life.codes),
    }


def _story(recorded: StoryOnRecord | None, said: str) -> dict[str, Any] | None:
    """What was said, if anything was."""
    return _heard(recorded, said) if recorded or said else None


def _heard(recorded: StoryOnRecord | None, said: str) -> dict[str, Any]:
    """The recording, else the words themselves."""
    if recorded is not None:
        return {"text": recorded.transcript, "recording_url": recorded.url, "seconds": recorded.seconds}
    return {"text": said, "recording_url": None, "seconds": None}


def _event(event: CaseEvent, zone: ZoneInfo) -> dict[str, Any]:
    """What happened, who did it, and what came with it; after an erasure only the facts of that."""
    data = {**event.facts, **(event.personal or {})}
    data |= {name: _local(text, zone) for name, text in data.items() if name.endswith(MOMENT)}
    return {"at": _at(event.at, zone), "kind": event.kind, "by": event.by.name, "role": event.by.role, "data": data}


def _local(text: str, zone: ZoneInfo) -> str:
    """A moment with a zone in this one; any other text, such as a day, as it is."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return _at(moment, zone) if moment.tzinfo else text
    return text


def _at(moment: datetime, zone: ZoneInfo) -> str:
    """RFC 3339, in the hotline's zone, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds")
