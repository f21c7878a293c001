"""The surroundings of a call that the hotline places, as a fixture says them: who answers, and the case it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ivr.call.case_number import case_number
from ivr.call.facts import ANSWERED_BY, TAKEN
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.fixture import FixtureFields
from ivr.replay.placed_fields import CaseBefore
from ivr.replay.play import Mismatch
from ivr.service.calls.turn_facts import case_due

CASE_CALL, PLACED_CALL = 1, 2
"""The numbers of the call that opened the case and of the one about it."""


def number_of_call(fields: FixtureFields) -> int:
    """The number of the fixture's own call."""
    return PLACED_CALL if fields.case else CASE_CALL


def fits(fields: FixtureFields, release: Release) -> Mismatch | None:
    """What of it is not so in this hotline: whether it places such calls, and whether they are about a case."""
    flow = fields.outgoing
    if flow not in release.outgoing or flow not in release.flows:
        none = Message("replay.placed.none-outgoing", flow=flow)
        others = Message("replay.placed.not-outgoing", flow=flow, flows=tuple(release.outgoing))
        return Mismatch(others if release.outgoing else none, ("outgoing",))
    takes = "case" in release.flows[flow].takes.values()
    if takes and fields.case is None:
        return Mismatch(Message("replay.placed.needs-case", flow=flow), ("outgoing",))
    if not takes and fields.case is not None:
        return Mismatch(Message("replay.placed.no-case", flow=flow), ("case",))
    return None


def placed_facts(fields: FixtureFields, release: Release) -> Mapping[str, str]:
    """The facts of the attempt and of its case, as the database would answer them."""
    if not fields.outgoing:
        return {}
    found: dict[str, str] = {ANSWERED_BY: fields.answered}
    if (case := fields.case) is not None:
        opened, told = days(case, fields.at, release)
        due, again = case_due(release, case.kind, opened), case_due(release, case.kind, fields.at)
        known = {
            "number": str(case_number(CASE_CALL, case.kind)),
            "kind": case.kind,
            "opened": opened.date().isoformat(),
            "told": told.date().isoformat(),
            "caller_name": case.name,
            "due": due.day.isoformat() if due else None,
            "due_again": again.day.isoformat() if again else None,
        }
        found |= {f"case.{TAKEN}.{name}": value for name, value in known.items() if value is not None}
    return found


def days(case: CaseBefore, at: datetime, release: Release) -> tuple[datetime, datetime]:
    """When the case was opened and told, in the morning of those days."""
    zone = ZoneInfo(release.time_zone)
    opened, told = case.days(at.astimezone(zone).date())
    return _morning(opened, zone), _morning(told, zone)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(9, 0), zone)
