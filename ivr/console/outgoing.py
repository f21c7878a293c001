"""The routes of calls to customers: those about a case, numbers that no machine calls, and the switch."""

from __future__ import annotations

import re
from typing import Any

from flask import Request

from ivr.app.database import Database
from ivr.call.phone import E164
from ivr.case.move_fields import shortened
from ivr.config import Settings
from ivr.console.access import sees_numbers
from ivr.console.answers import Refusal
from ivr.console.asked import BlockBody, bad_field, body_of, filters_of, limit_of, no_such_case, number_of
from ivr.console.masking import masked
from ivr.messages.message import Message
from ivr.service.outgoing.by_staff import block, switch, unblock
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.people import Person

Answer = tuple[Any, dict[str, str]]


class Outgoing:
    """Answers for one person at a time."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings

    def attempts(self, request: Request, person: Person, number: str) -> Answer:
        """The calls that were made about a case, and why its customer is not phoned now."""
        filters_of(request.args)
        wanted = number_of(number)
        if self._database.cases.case(wanted) is None:
            raise no_such_case(number)
        settings = self._settings
        reports = OutgoingReports(self._database.ports, allowed=settings.outgoing, sandbox=settings.sandbox)
        found = reports.of_case(wanted)
        if not sees_numbers(person):
            found = [{**each, "to": masked(each["to"]) if each["to"] else None} for each in found]
        return {"follow_ups": found}, {}

    def blocked(self, request: Request, person: Person) -> Answer:
        """Numbers that no machine calls, masked: they themselves are not kept."""
        given = filters_of(request.args, "limit", "after")
        most = limit_of(given.get("limit"))
        if given.get("after") == "":
            raise Refusal(400, "bad_cursor", Message("api.bad-cursor"))
        after = "".join(re.findall("[0-9a-z]", given.get("after", "")))  # a place in an order, whatever it says
        rows = self._database.ports.store.blocked_page(after, most + 1)
        listed = [{"number": row.hint, "since": row.since, "why": row.why, "by": row.by} for row in rows[:most]]
        return {"numbers": listed, "next": rows[most - 1].to_key if len(rows) > most else None}, {}

    def block(self, request: Request, person: Person) -> Answer:
        """Let no machine call a number."""
        number = self._number(request)
        block(self._database.ports, number, person.name)
        return {"blocked": True}, {}

    def unblock(self, request: Request, person: Person) -> Answer:
        """Let machines call it again."""
        unblock(self._database.ports, self._number(request))
        return {"blocked": False}, {}

    def stop(self, request: Request, person: Person) -> Answer:
        """Switch calls off, on every machine."""
        filters_of(request.args)
        switch(self._database.ports, on=False)
        return {"switched_on": False}, {}

    @staticmethod
    def _number(request: Request) -> str:
        filters_of(request.args)
        number = body_of(request, BlockBody).number
        if not E164.fullmatch(number):
            raise bad_field("number", Message("move.refused.not-a-number", value=shortened(number)))
        return number
