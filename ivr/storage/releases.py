"""Releases in the database: stored whole once, one of them live."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.storage.tables import current, releases


def put_release(engine: Engine, name: str, body: str, at: datetime, *, live: bool) -> None:
    """Store a release unless it is there; `live` makes it the one new calls get, in the same transaction."""
    try:
        with engine.begin() as connection:
            known = connection.execute(select(releases.c.hash).where(releases.c.hash == name)).first()
            if known is None:
                row = {"hash": name, "body": body, "published_at": at.isoformat(), "draft": not live}
                connection.execute(insert(releases).values(row))
            if live:
                connection.execute(delete(current).where(current.c.name == "live"))
                connection.execute(insert(current).values(name="live", release=name))
    except SQLAlchemyError as failed:
        raise StoreUnavailable(f"the release could not be stored: {getattr(failed, 'orig', failed)}") from failed


def live_release(engine: Engine) -> str | None:
    """The release new calls get."""
    with engine.connect() as connection:
        row = connection.execute(select(current.c.release).where(current.c.name == "live")).first()
    return row[0] if row else None
