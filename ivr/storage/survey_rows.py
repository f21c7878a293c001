"""Surveys in the database."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.outgoing.number_keys import number_masked
from ivr.service.outgoing.outgoing_rows import SURVEY_STOPPED, FollowUpRow
from ivr.service.surveys.survey import SurveyCount, SurveyRow
from ivr.service.surveys.survey_figures import Answered
from ivr.storage.bulk import reason
from ivr.storage.outgoing_tables import attempts, do_not_call, follow_ups, surveys
from ivr.storage.tables import cases

AT_ONCE = 250
"""Rows a transaction writes: a turn that waits for SQLite's lock waits less than 50 ms."""
LET_IN = 0.005
"""Seconds between two of them, for whoever waits for the lock: SQLite has no queue for it."""
LISTING = "listing"
"""Why people of a survey are not phoned whose list is not wholly on record: whoever wrote it died, or is at it."""
_PLACED = ("placed", "ended", "unknown")


class SurveyRows:
    """Keeps surveys; the methods are those of the port `Surveys`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def everything(self) -> Sequence[SurveyCount]:
        waiting = func.sum(case((follow_ups.c.state.in_(("waiting", "dialling")), 1), else_=0))
        listing = func.sum(case((follow_ups.c.reason == LISTING, 1), else_=0))
        columns = [surveys.c[name] for name in SurveyRow._fields]
        found = (
            select(*columns, func.count(follow_ups.c.follow_up), waiting, listing)
            .outerjoin(follow_ups, follow_ups.c.survey == surveys.c.survey)
            .group_by(*columns)
            .order_by(surveys.c.made_at.desc(), surveys.c.survey.desc())
        )
        with self._connected() as connection:
            rows = connection.execute(found).all()
        return [SurveyCount(SurveyRow(*row[:-3]), row[-3], row[-2] or 0, row[-1] or 0) for row in rows]

    def find(self, survey: str) -> SurveyRow | None:
        with self._connected() as connection:
            row = connection.execute(select(surveys).where(surveys.c.survey == survey)).one_or_none()
        return SurveyRow(**row._mapping) if row else None

    def blocked(self, keys: Collection[str]) -> set[str]:
        return self._among(do_not_call.c.to_key, keys)

    def waiting(self, flow: str, keys: Collection[str]) -> set[str]:
        return self._among(
            follow_ups.c.to_key, keys, follow_ups.c.flow == flow, follow_ups.c.state.in_(("waiting", "dialling"))
        )

    def begin(self, row: SurveyRow, people: Sequence[FollowUpRow]) -> SurveyRow:
        named = self._named(row)
        listed = (
            person._replace(
                follow_up=f"{named.survey}-{person.follow_up}", survey=named.survey, reason=LISTING, version=1
            )
            for person in people
        )
        for some in _parts(each._asdict() for each in listed):
            with self._connected() as connection:
                connection.execute(insert(follow_ups), some)
        self.resume(named)
        return named

    def resume(self, row: SurveyRow) -> int | None:
        with self._connected() as connection:
            listed = select(func.count()).select_from(follow_ups).where(follow_ups.c.survey == row.survey)
            if connection.execute(listed).scalar_one() < row.people:
                return None
        held = (follow_ups.c.survey == row.survey) & (follow_ups.c.reason == LISTING)
        return self._in_parts(held, {"state": "waiting", "reason": None})

    def _named(self, row: SurveyRow) -> SurveyRow:
        """The survey under a name that nobody else has taken."""
        with self._connected() as connection:
            count = connection.execute(select(func.count()).select_from(surveys)).scalar_one()
        for n in range(count + 1, count + 1000):
            named = row._replace(survey=f"s{n}")
            with suppress(IntegrityError), self._connected() as connection:
                connection.execute(insert(surveys).values(named._asdict()))
                return named
        raise StoreUnavailable(Message("survey.refused.no-name"))

    def stop(self, survey: str) -> int:
        waiting = (follow_ups.c.state == "waiting") | (follow_ups.c.reason == LISTING)
        mine, values = follow_ups.c.survey == survey, {"reason": SURVEY_STOPPED, "version": follow_ups.c.version + 1}
        stopped = self._in_parts(mine & waiting, {"state": "stopped", **values})
        self._in_parts(mine & (follow_ups.c.reason == "do_not_call"), values)  # a number may be unblocked later
        others = follow_ups.c.reason.is_(None) | (follow_ups.c.reason != SURVEY_STOPPED)
        self._in_parts(mine & (follow_ups.c.state == "dialling") & others, values)
        return stopped + self._in_parts(mine & waiting, {"state": "stopped", **values})  # who came back meanwhile

    def _in_parts(self, wanted: ColumnElement[bool], values: Mapping[str, Any]) -> int:
        """Change the wanted rows, few at a time; how many there were."""
        some = select(follow_ups.c.follow_up).where(wanted).limit(AT_ONCE).scalar_subquery()
        changed, last = 0, 1
        while last:
            with self._connected() as connection:
                done = connection.execute(
                    update(follow_ups).where(wanted, follow_ups.c.follow_up.in_(some)).values(values)
                )
                last = done.rowcount
            changed += last
            time.sleep(LET_IN)
        return changed

    def answers(self, survey: str) -> Sequence[Answered]:
        mine = follow_ups.c.survey == survey
        with self._connected() as connection:
            people = connection.execute(select(follow_ups).where(mine).order_by(follow_ups.c.follow_up)).all()
            joined = attempts.join(follow_ups, follow_ups.c.follow_up == attempts.c.follow_up)
            tried = connection.execute(
                select(attempts).select_from(joined).where(mine).order_by(attempts.c.follow_up, attempts.c.n)
            ).all()
            told = connection.execute(
                select(attempts.c.follow_up, cases.c.facts)
                .select_from(joined.join(cases, cases.c.call == attempts.c.call))
                .where(mine)
                .order_by(attempts.c.n, cases.c.ordinal)
            ).all()
        calls: dict[str, list[Any]] = {}
        for each in tried:
            calls.setdefault(each.follow_up, []).append(each)
        facts: dict[str, dict[str, str]] = {}
        for follow_up, given in told:
            facts.setdefault(follow_up, {}).update(json.loads(given or "{}"))
        return [_answered(row, calls.get(row.follow_up, []), facts.get(row.follow_up, {})) for row in people]

    def _among(self, column: Any, keys: Collection[str], *wanted: Any) -> set[str]:
        found: set[str] = set()
        with self._connected() as connection:
            for some in _parts(iter(sorted(keys))):
                found |= set(connection.execute(select(column).where(column.in_(some), *wanted)).scalars())
        return found

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.failed", why=reason(failed))) from failed


def _parts(rows: Iterator[Any]) -> Iterable[list[Any]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some
        time.sleep(LET_IN)


def _answered(row: Any, tried: Sequence[Any], facts: dict[str, str]) -> Answered:
    results = [each for each in tried if each.result]
    return Answered(
        row.follow_up,
        number_masked(row.to or ""),
        row.language,
        row.state,
        row.reason or "",
        sum(each.state in _PLACED for each in tried),
        results[-1].result if results else "",
        (results[-1].ended_at or "") if results else "",
        facts,
    )
