"""Stored releases read by the names people give: the first characters of a hash, or the live one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Select, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.storage.bulk import reason
from ivr.storage.tables import releases, served_releases


class ReleaseBodies:
    """Reads releases, outside live turns. `StoreUnavailable` where the database cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def hashes(self, beginning: str) -> Sequence[str]:
        """The releases whose hash begins so."""
        return self._column(select(releases.c.hash).where(releases.c.hash.startswith(beginning, autoescape=True)))

    def body(self, name: str) -> str | None:
        """A release's files as JSON, None where they are gone."""
        found = self._column(select(releases.c.body).where(releases.c.hash == name))
        return found[0] if found else None

    def live(self) -> str | None:
        """The release new calls get."""
        found = self._column(select(served_releases.c.release).where(served_releases.c.name == "live"))
        return found[0] if found else None

    def _column(self, wanted: Select[Any]) -> Sequence[str]:
        try:
            with self._engine.connect() as connection:
                return [row[0] for row in connection.execute(wanted)]
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.unreadable", why=reason(failed))) from failed
