"""What a fixture says of a call that the hotline places: the case it is about, who answers, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ivr.calendar.dates import parse_date
from ivr.call.case_kinds import CaseKind
from ivr.call.events import FOLLOW_UP_RESULTS
from ivr.errors import Finding, Problem
from ivr.messages.message import Message
from ivr.source.yaml_file import Source

if TYPE_CHECKING:
    from ivr.replay.fixture import FixtureFields

TakenUp = Literal["human", "machine", "unknown"]
NotTakenUp = Literal["busy", "no-answer", "failed"]
Answered = TakenUp | NotTakenUp
NOT_TAKEN_UP: tuple[NotTakenUp, ...] = get_args(NotTakenUp)
CUSTOMER = "+862155500123"
"""Whom a fixture phones that names nobody."""
OF_NETWORK = {"busy": "busy", "no-answer": "no_answer", "failed": "failed"}
"""What an attempt comes to that nobody takes up."""
RESULTS = (*FOLLOW_UP_RESULTS, *OF_NETWORK.values())
CASE_AGE, TOLD_AGO = timedelta(days=10), timedelta(days=1)
"""How old the case is, and how long its customer has had the answer, where a fixture says neither."""


def _day(given: Any) -> Any:
    return given if isinstance(given, date) else parse_date(str(given).strip())


def _answered(given: Any) -> Any:
    return given.strip().lower().replace(" ", "-").replace("_", "-") if isinstance(given, str) else given


def _result(given: Any) -> str:
    result = str(given).strip().replace("-", "_").replace(" ", "_")
    if result in RESULTS:
        return result
    raise ValueError(Message("replay.placed.result", written=str(given), results=RESULTS))


AnsweredField = Annotated[Answered, BeforeValidator(_answered)]
ResultField = Annotated[str, BeforeValidator(_result)]
Day = Annotated[date, BeforeValidator(_day)]


class CaseBefore(BaseModel):
    """The case that a call to a customer is about, as it is before the call: told to them with this answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: CaseKind = "complaint"
    name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    opened: Day | None = None
    told: Day | None = None
    answer: Annotated[str, Field(min_length=1, max_length=120)] = "-"

    def days(self, call: date) -> tuple[date, date]:
        """When it was opened and when its customer was told, for a call on that day."""
        told = self.told or max(self.opened or date.min, call - TOLD_AGO)
        return self.opened or told - (CASE_AGE - TOLD_AGO), told


def wrongly_placed(fields: FixtureFields, source: Source) -> Iterator[Finding]:
    """What does not fit together in a fixture, each at its line."""
    given = fields.model_fields_set
    if not fields.outgoing:
        for path in [("case",)] * ("case" in given) + [("answered",)] * ("answered" in given):
            yield _finding(source, path, Message("replay.placed.no-outgoing", key=path[0]))
        for key in ("follow_up", "noted"):
            if key in fields.ends.model_fields_set:
                yield _finding(source, ("ends", key), Message("replay.placed.no-outgoing", key=key))
        if fields.ends.disposition is None:
            yield _finding(source, ("ends",), Message("replay.placed.no-disposition"))
        return
    if fields.flow:
        yield _finding(source, ("flow",), Message("replay.placed.flow", flow=fields.outgoing))
    if fields.from_:
        yield _finding(source, ("from",), Message("replay.placed.from"))
    yield from _not_taken_up(fields, source) if fields.answered in NOT_TAKEN_UP else _taken_up(fields, source)
    yield from _days(fields, source)


def _not_taken_up(fields: FixtureFields, source: Source) -> Iterator[Finding]:
    if fields.turns:
        yield _finding(source, ("turns",), Message("replay.placed.turns", answered=fields.answered))
    ends, result = fields.ends, OF_NETWORK[fields.answered]
    for key in ("disposition", "ending", "case", "hear", "noted"):
        if key in ends.model_fields_set:
            yield _finding(source, ("ends", key), Message("replay.placed.nothing-left", key=key, result=result))
    if ends.follow_up is None or ends.follow_up != result:
        where = ("ends", "follow_up") if ends.follow_up else ("ends",)
        yield _finding(source, where, Message("replay.placed.network", answered=fields.answered, result=result))


def _taken_up(fields: FixtureFields, source: Source) -> Iterator[Finding]:
    if fields.ends.disposition is None:
        yield _finding(source, ("ends",), Message("replay.placed.no-disposition"))
    if fields.ends.follow_up in OF_NETWORK.values():
        said = Message("replay.placed.taken-up", result=fields.ends.follow_up, answered=fields.answered)
        yield _finding(source, ("ends", "follow_up"), said)
    if "noted" in fields.ends.model_fields_set and fields.case is None:
        yield _finding(source, ("ends", "noted"), Message("replay.placed.noted"))


def _days(fields: FixtureFields, source: Source) -> Iterator[Finding]:
    if fields.case is None:
        return
    opened, told = fields.case.days(fields.at.date())
    if told < opened:
        yield _finding(source, ("case", "told"), Message("replay.placed.told-first", opened=opened, told=told))
    if told > fields.at.date():
        key = "told" if fields.case.told else "opened"
        yield _finding(source, ("case", key), Message("replay.placed.told-later", day=told))


def _finding(source: Source, path: tuple[str, ...], message: Message) -> Finding:
    return source.finding(path, Problem("bad-fixture", message))
