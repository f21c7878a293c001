"""The routes of cases: lists, one case, its events, and the one route for all moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Request

from ivr.app.database import Database
from ivr.case.case import CaseEvent
from ivr.case.move_fields import judged, shortened
from ivr.case.moves import MOVES, Move
from ivr.case.refused import Refused
from ivr.console.access import MAY_MOVE, sees_numbers
from ivr.console.answers import Refusal
from ivr.console.asked import (
    MoveBody,
    asked_of,
    bad_field,
    filters_of,
    limit_of,
    move_of,
    no_such_case,
    number_of,
    version_of,
)
from ivr.console.cursor import Place, cursor_behind, place_of
from ivr.console.masking import masked_case, masked_event
from ivr.console.who import not_your_role, role_words
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.cases.case_rows import event_of
from ivr.service.cases.keep_move import Changed
from ivr.service.cases.move_once import KeyUsed, move_once
from ivr.service.cases.staff_move import Wish, of_oneself
from ivr.service.people import Person, in_role
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter, CaseOnRecord

LIST = ("limit", "after", "status", "owner", "team", "kind", "late", "customer")
Answer = tuple[Any, dict[str, str]]
"""The body of an answer, and its headers."""


class Cases:
    """Answers for one person at a time, by their roles."""

    def __init__(self, database: Database) -> None:
        self._database, self._reports = database, database.reports()

    def page(self, request: Request, person: Person) -> Answer:
        """A page of cases: the newest first, or of those that are late the one due first."""
        given = filters_of(request.args, *LIST)
        if "customer" in given and not sees_numbers(person):
            raise not_your_role(Message("api.no-customer", name=person.name, roles=role_words(("agent", "lead"))))
        late, most = "late" in given, limit_of(given.get("limit"))
        wanted = CaseFilter(
            statuses=tuple(filter(None, given.get("status", "").split(","))),
            kind=given.get("kind", ""),
            owner=given.get("owner", ""),
            team=given.get("team", ""),
            customer=given.get("customer", ""),
            overdue_at=stamp(self._database.ports.clock()) if late else "",
            behind=_place(given.get("after"), late=late),
            most=most + 1,
        )
        found = self._database.cases.page(wanted)
        more = cursor_behind(found[most - 1].row, by_due=late) if len(found) > most else None
        return {"cases": [self._case(each, person) for each in found[:most]], "next": more}, {}

    def one(self, request: Request, person: Person, number: str) -> Answer:
        """A case with the path of its call, and why it is due when it is."""
        filters_of(request.args)
        try:
            report = self._reports.one(number_of(number))
        except NoSuch as none:
            raise no_such_case(number) from none
        del report["events"]
        return _shown(report, person), _tag(report["version"])

    def events(self, request: Request, person: Person, number: str) -> Answer:
        """What has happened to a case, in order."""
        filters_of(request.args)
        found = self._on_record(number)
        log = [event_of(row) for row in self._database.cases.events(found.row.number)]
        return {"events": self._told(found, log, person)}, _tag(log[-1].seq if log else 0)

    def move(self, request: Request, person: Person, number: str) -> Answer:
        """Make a move, once for each key; the case after it."""
        filters_of(request.args)
        body = move_of(request)
        by = in_role(person, _known(body))
        if by.role not in MAY_MOVE[body.move]:
            roles = role_words(MAY_MOVE[body.move])
            role = role_words((by.role,))[0]
            message = Message("move.refused.other-role", move=body.move, roles=roles, name=by.name, role=role)
            raise not_your_role(message)
        wanted = of_oneself(Move(body.move, body.data), by)
        _check_fields(wanted)
        version = version_of(request)
        found = self._on_record(number)
        wish = Wish(found.row.number, wanted, by.name, version)
        asked = asked_of(request, by.name, found.row.number, body)
        done = move_once(self._database.ports, self._database.people, wish, by, asked)
        match done:
            case Refused():
                raise Refusal(409, done.code, done.why)
            case Changed():
                raise self._changed(found, done, person)
            case KeyUsed():
                raise Refusal(409, "key_used", Message("api.key-used"))
        headers = {"Idempotent-Replayed": "true"} if done.again else {}
        return self._case(found._replace(row=done.row), person), {**_tag(done.row.version), **headers}

    def _on_record(self, number: str) -> CaseOnRecord:
        found = self._database.cases.case(number_of(number))
        if found is None:
            raise no_such_case(number)
        return found

    def _changed(self, found: CaseOnRecord, changed: Changed, person: Person) -> Refusal:
        since = self._told(found, changed.since, person)
        more = {"version": changed.version, "since": since}
        return Refusal(412, "changed", Message("api.changed", version=changed.version), more=more)

    def _case(self, found: CaseOnRecord, person: Person) -> dict[str, Any]:
        return _shown(self._reports.report(found), person)

    def _told(self, found: CaseOnRecord, events: Sequence[CaseEvent], person: Person) -> list[dict[str, Any]]:
        told = zip(self._reports.told(found, events), events, strict=True)
        if not sees_numbers(person):
            return [{"seq": event.seq, **masked_event(each, event)} for each, event in told]
        return [{"seq": event.seq, **each} for each, event in told]


def _shown(report: dict[str, Any], person: Person) -> dict[str, Any]:
    return report if sees_numbers(person) else masked_case(report)


def _tag(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"'}


def _place(cursor: str | None, *, late: bool) -> Place | None:
    if cursor is None:
        return None
    place = place_of(cursor, by_due=late)
    if place is None:
        raise Refusal(400, "bad_cursor", Message("api.bad-cursor"))
    return place


def _known(body: MoveBody) -> str:
    """The kind of a move that people make."""
    if body.move not in MAY_MOVE:
        raise bad_field("move", Message("move.refused.no-such-move", move=shortened(body.move), moves=tuple(MAY_MOVE)))
    return body.move


def _check_fields(wanted: Move) -> None:
    """What is wrong with the fields whatever the case is. Names come from outside and stand in the sentence."""
    given = {shortened(name): text for name, text in wanted.given.items() if text.strip()}
    fields = MOVES[wanted.kind].fields or {}
    if wrong := judged(wanted.kind, given, fields):
        names = wrong.why.values.get("names") or (wrong.why.values.get("name", ""),)
        raise Refusal(400, "bad_field", wrong.why, more={"field": names[0], "code": wrong.code})
