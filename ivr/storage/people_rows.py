"""People and their tokens in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.people import Person
from ivr.service.rows import stamp
from ivr.storage.bulk import reason
from ivr.storage.tables import people, tokens

_TO_THE_HOUR = len("2026-03-02T14")


class PeopleRows:
    """Keeps people; the methods are those of the port `People`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, name: str) -> Person | None:
        with self._connected() as connection:
            row = connection.execute(select(people).where(people.c.name == name)).one_or_none()
        return _person(row) if row else None

    def everybody(self) -> Sequence[Person]:
        with self._connected() as connection:
            return [_person(row) for row in connection.execute(select(people).order_by(people.c.name))]

    def add(self, person: Person) -> bool:
        try:
            with self._connected() as connection:
                connection.execute(
                    insert(people).values(name=person.name, made_at=stamp(person.made_at), **_of(person))
                )
        except IntegrityError:
            return False
        return True

    def change(self, person: Person) -> None:
        with self._connected() as connection:
            connection.execute(update(people).where(people.c.name == person.name).values(**_of(person)))
            if person.disabled_at is not None:
                connection.execute(delete(tokens).where(tokens.c.person == person.name))

    def add_token(self, token_hash: str, name: str, made_at: datetime, expires_at: datetime | None) -> None:
        ends = stamp(expires_at) if expires_at else None
        with self._connected() as connection:
            connection.execute(
                insert(tokens).values(hash=token_hash, person=name, made_at=stamp(made_at), expires_at=ends)
            )

    def by_token(self, token_hash: str, now: datetime) -> Person | None:
        mine, at = tokens.c.hash == token_hash, stamp(now)
        whose = select(people, tokens.c.used_at, tokens.c.expires_at).join(tokens, tokens.c.person == people.c.name)
        with self._connected() as connection:
            row = connection.execute(whose.where(mine)).one_or_none()
            if row is None or row.disabled_at is not None or (row.expires_at and row.expires_at <= at):
                return None
            if (row.used_at or "")[:_TO_THE_HOUR] != at[:_TO_THE_HOUR]:
                connection.execute(update(tokens).where(mine).values(used_at=at))
        return _person(row)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.failed", why=reason(failed))) from failed


def _person(row: Row[Any]) -> Person:
    disabled = datetime.fromisoformat(row.disabled_at) if row.disabled_at else None
    roles, teams = (tuple(json.loads(each)) for each in (row.roles, row.teams))
    return Person(row.name, roles, teams, datetime.fromisoformat(row.made_at), disabled)


def _of(person: Person) -> dict[str, Any]:
    disabled = stamp(person.disabled_at) if person.disabled_at else None
    return {"roles": json.dumps(person.roles), "teams": json.dumps(person.teams, ensure_ascii=False),
            "disabled_at": disabled}  # fmt: skip
