"""What answers look like, for the schema. Answers are made elsewhere: tests hold each of them against these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ivr.call.case_kinds import CaseKind
from ivr.call.phone import E164
from ivr.case.case import Status
from ivr.case.case_fields import PRIORITIES
from ivr.case.clock_state import ClockState
from ivr.service.outgoing.outgoing_rows import AttemptState, FollowUpState
from ivr.service.people import Role

Number = Annotated[str, Field(pattern=r"^[0-9]{9,18}$", description="A case number; its last digit checks the others.")]
Masked = Annotated[str, Field(description="A caller's number. Masked for quality and auditor.")]


class Shape(BaseModel):
    """Exactly these properties."""

    model_config = ConfigDict(extra="forbid")


class Story(Shape):
    """What the caller said: words, or a recording and what a machine heard in it."""

    text: str | None
    recording_url: str | None
    seconds: int | None


class SaidLater(Story):
    """What the customer said in another call than that of the case, such as why they do not accept the answer."""

    at: datetime
    call: str


class Clock(Shape):
    """Where the case stands with its deadline."""

    name: str
    state: ClockState
    workdays_left: Annotated[int | None, Field(description="Below zero when late; null where nothing runs.")] = None
    why: Annotated[str | None, Field(description="Why it is due when it is. Only of one case.")] = None


class Proposed(Shape):
    """What the first analysis proposes; it decides nothing. Each mark is a rule and the word or value that made it."""

    urgency: str | None = None
    risk: Annotated[int, Field(ge=0, le=100)] = 0
    category: str | None = None
    next_step: str | None = None
    marks: list[str] = []


class Case(Shape):
    """A case. Times are RFC 3339 in the hotline's zone."""

    number: Number
    version: Annotated[int, Field(ge=1, description="Of how many events it is made; its ETag.")]
    kind: CaseKind
    status: Status
    priority: Literal[PRIORITIES]  # type: ignore[valid-type]
    owner: str | None
    team: str | None
    language: str | None
    caller: Masked | None
    contact: Masked | None
    product: str | None
    subject: str | None
    story: Story | None
    rating: int | None
    resolved: str | None
    partial: Annotated[bool, Field(description="The caller hung up before the end.")]
    opened_at: datetime
    due_at: datetime | None
    due: date | None
    told_at: datetime | None
    ended_at: datetime | None
    time_zone: str
    clock: Clock
    decision: str | None
    escalated: int
    reopened: int
    attempts: int
    late: Annotated[int, Field(description="Deadlines missed before the present one.")]
    triage: Annotated[Proposed | None, Field(description="What the first analysis proposes; empty: nothing.")]
    stopped: bool
    conflicts: list[str]
    linked: list[Number]
    represented: str | None
    codes: dict[str, str]
    call: str | None
    release: str | None
    disposition: str | None
    ending: str | None
    simulated: bool
    others: Annotated[list[Number], Field(description="Other open cases of the customer. Only of one case.")] = []
    said_later: Annotated[list[SaidLater], Field(description="In other calls, in order. Only of one case.")] = []
    path: Annotated[list[str] | None, Field(description="The exits its call took. Only of one case.")] = None


class Cases(Shape):
    """A page of cases."""

    cases: list[Case]
    next: Annotated[str | None, Field(description="`after` of the next page; null on the last.")]


class Event(Shape):
    """What happened to a case."""

    seq: Annotated[int, Field(ge=1)]
    at: datetime
    kind: str
    by: str
    role: str
    data: dict[str, str]


class Events(Shape):
    """The log of a case, in order."""

    events: list[Event]


class Me(Shape):
    """Who asks."""

    name: str
    roles: list[Role]
    teams: list[str]
    moves: Annotated[list[str], Field(description="Those that the roles may make.")]


class Person(Shape):
    """Somebody who may act; `disabled_at`: since when no longer."""

    name: str
    roles: list[Role]
    teams: list[str]
    made_at: datetime
    disabled_at: datetime | None


class People(Shape):
    """Everybody, by name."""

    people: list[Person]


class Attempt(Shape):
    """One dialling: `result` is the customer's word, else the network's."""

    n: Annotated[int, Field(ge=1)]
    at: datetime
    state: AttemptState
    result: str | None
    call: str | None
    answered_by: str | None
    network_end: str | None
    error: str | None


class FollowUp(Shape):
    """A customer who is phoned about a case; `why`, in a sentence, why they are not phoned now."""

    follow_up: str
    case: Number | None
    flow: str
    to: Masked | None
    state: FollowUpState
    reason: str | None
    due_at: datetime | None
    simulated: bool
    why: str
    attempts: list[Attempt]


class FollowUps(Shape):
    """All of a case, the oldest first."""

    follow_ups: list[FollowUp]


class BlockedNumber(Shape):
    """A number that no machine calls; only its last digits are known."""

    number: str
    since: datetime
    why: Literal["opted_out", "blocked"]
    by: str


class DoNotCall(Shape):
    """A page of them."""

    numbers: list[BlockedNumber]
    next: Annotated[str | None, Field(description="`after` of the next page; null on the last.")]


class OneNumber(Shape):
    """A telephone number, with + and the country."""

    number: Annotated[str, Field(pattern=f"^{E164.pattern}$")]


class Blocked(Shape):
    """Whether machines are kept from calling the number."""

    blocked: bool


class Switched(Shape):
    """Whether machines call customers."""

    switched_on: bool


class Error(Shape):
    """What is wrong. `error` and `values` are for programs, `message` and `hint` for people, in their language."""

    error: str
    message: str
    hint: str | None = None
    values: dict[str, Any]
    field: Annotated[str | None, Field(description="Of `bad_field`: which.")] = None
    code: Annotated[str | None, Field(description="Of `bad_field` in a move: what is wrong with it.")] = None
    why: Annotated[str | None, Field(description="Of `bad_body`: where it is not as it must be.")] = None


class Changed(Error):
    """Others were faster: what they did since the version of `If-Match`."""

    version: int
    since: list[Event]


SHAPES: tuple[type[Shape], ...] = (
    Cases, Case, Events, Me, People, FollowUps, DoNotCall, OneNumber, Blocked, Switched, Error, Changed,
)  # fmt: skip
