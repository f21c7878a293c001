"""A survey from its list to its rows: who of the list is phoned, from when on, and until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from ivr.errors import InvalidArgument, NoSuch
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.outgoing.may_call import Rules, rules_of
from ivr.service.outgoing.number_keys import hasher
from ivr.service.outgoing.outgoing_rows import FollowUpRow
from ivr.service.ports import Ports
from ivr.service.rows import stamp
from ivr.service.surveys.survey_end import SurveyEnd, survey_end
from ivr.service.surveys.survey_figures import Answered
from ivr.service.surveys.survey_list import Person, RowProblem, read_list, rules_for


class SurveyRow(NamedTuple):
    """A survey: the flow in which its people are phoned, the name of the list they stood on, and how many they are."""

    survey: str
    flow: str
    made_at: str
    by: str
    file: str
    people: int


class SurveyCount(NamedTuple):
    """A survey in a list: how many of its people are on record, how many are still to be phoned, and how many will only
    be phoned once its start has gone on (`resume`): whoever started it is at it, or died."""

    row: SurveyRow
    listed: int
    waiting: int
    held: int

    @property
    def whole(self) -> bool:
        """Whether all of its list is on record, and waits or was phoned."""
        return self.listed == self.row.people and not self.held


class Surveys(Protocol):
    """Surveys on record. Each method raises `StoreUnavailable` where the database cannot be asked."""

    def everything(self) -> Sequence[SurveyCount]:
        """All surveys, the newest first."""

    def find(self, survey: str) -> SurveyRow | None:
        """A survey by its name."""

    def blocked(self, keys: Collection[str]) -> set[str]:
        """Those of the keyed hashes whose number wants no calls."""

    def waiting(self, flow: str, keys: Collection[str]) -> set[str]:
        """Those of the keyed hashes whose number waits to be phoned in the flow already."""

    def begin(self, row: SurveyRow, people: Sequence[FollowUpRow]) -> SurveyRow:
        """Put a survey on record under the next free name. Nobody of it is phoned before all of its people are."""

    def resume(self, row: SurveyRow) -> int | None:
        """Go on with a start that was cut off: how many are phoned now, None where not all are on record."""

    def stop(self, survey: str) -> int:
        """Phone nobody of a survey any more; how many were still waiting."""

    def answers(self, survey: str) -> Sequence[Answered]:
        """What came of each person, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A survey that could start: its people as rows, the rows of the list left out, the columns nothing was taken
    from, and when it would end."""

    people: Sequence[FollowUpRow]
    problems: Sequence[RowProblem]
    unused: Sequence[str]
    end: SurveyEnd | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A survey that somebody wants: of a list (its bytes) in a flow, from `now` on."""

    flow: str
    list: bytes
    now: datetime
    simulated: bool = False


def calls_of(release: Release, flow: str) -> Rules:
    """The rules of the calls of a survey's flow. `NoSuch` or `InvalidArgument` where no survey can be made in it."""
    rules = rules_of(release, flow)
    if rules is None:
        able = tuple(name for name in release.outgoing if not release.flows[name].takes)
        code = "survey.refused.no-flow" if able else "survey.refused.no-flows"
        raise NoSuch(Message(code, flow=flow, able=able) if able else Message(code, flow=flow))
    if release.flows[flow].takes:
        raise InvalidArgument(Message("survey.refused.of-a-case", flow=flow))
    return rules


def planned(ports: Ports, surveys: Surveys, release: Release, wanted: Wanted) -> Planned:
    """What would start. `ListUnreadable` where the list cannot be read."""
    rules = calls_of(release, wanted.flow)
    found = read_list(wanted.list, rules_for(release, rules))
    keys = hasher(ports)
    hashes = {person: keys(person.number) for person in found.people}
    every = {key for each in hashes.values() for key in each}
    blocked, waiting = surveys.blocked(every), surveys.waiting(wanted.flow, every)
    people: list[FollowUpRow] = []
    problems = list(found.problems)
    for person, each in hashes.items():
        due = rules.hours(person.number).next(wanted.now)
        if why := _left_out(person, blocked & {*each}, waiting & {*each}, due):
            problems.append(RowProblem(person.line, why))
        else:
            people.append(_row(person, wanted, each[0], stamp(due or wanted.now)))
    hours = rules.hours(people[0].to or "") if people else None
    end = survey_end(len(people), rules.outgoing, hours, wanted.now) if hours else None
    return Planned(people, sorted(problems), found.unused, end)


def _left_out(person: Person, blocked: set[str], waiting: set[str], due: datetime | None) -> Message | None:
    if blocked:
        return Message("survey.row.blocked")
    if waiting:
        return Message("survey.row.waiting")
    return None if due else Message("survey.row.no-hours", found=person.number)


def _row(person: Person, wanted: Wanted, key: str, due: str) -> FollowUpRow:
    """Its follow-up, which is named after its survey as soon as that has a name."""
    return FollowUpRow(
        follow_up=f"{person.line:06d}",
        number=None,
        survey=None,
        flow=wanted.flow,
        to=person.number,
        to_key=key,
        language=person.language,
        state="stopped",
        reason=None,
        made_at=stamp(wanted.now),
        due_at=due,
        version=0,
        simulated=wanted.simulated,
    )
