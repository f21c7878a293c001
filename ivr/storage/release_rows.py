"""Releases in the database: each stored whole once, which one is served, and the log of publications."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from ivr.errors import NoSuch, StoreUnavailable
from ivr.messages.message import Message
from ivr.service.releases.release_ports import Check, Publication, PublishConflict, StoredRelease, short
from ivr.service.rows import stamp
from ivr.storage.bulk import exclusive, reason
from ivr.storage.tables import calls, publications, releases, served_releases


class ReleaseRows:
    """The releases of one database; not for live turns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def live(self) -> str | None:
        """The release new calls get; its content may be gone."""
        return self._current("live")

    def served_draft(self) -> str | None:
        """The draft a sandbox serves."""
        return self._current("draft")

    def body(self, name: str) -> str | None:
        """A release's files, None where they are gone."""
        rows = self._rows(select(releases.c.body).where(releases.c.hash == name))
        return str(rows[0].body) if rows else None

    def stored(self) -> Sequence[StoredRelease]:
        """Every release in the database, drafts too."""
        rows = self._rows(select(releases.c.hash, releases.c.stored_at).order_by(releases.c.stored_at))
        with _readable():
            return [StoredRelease(row.hash, datetime.fromisoformat(row.stored_at)) for row in rows]

    def publications(self) -> Sequence[Publication]:
        """What went live, newest first."""
        rows = self._rows(select(publications).order_by(publications.c.seq.desc()))
        with _readable():
            return [_publication(row) for row in rows]

    def in_progress(self) -> Mapping[str, int]:
        """How many calls that have not ended use each release."""
        open_calls = calls.c.ended_at.is_(None) & calls.c.release.is_not(None)
        counted = select(calls.c.release, func.count().label("n")).where(open_calls).group_by(calls.c.release)
        return {row.release: row.n for row in self._rows(counted)}

    def served(self) -> Mapping[str, str]:
        """The releases that new calls get or are about to: by `live`, `draft` and `staged`."""
        return {row.name: row.release for row in self._rows(select(served_releases))}

    def stage(self, name: str, body: str | None, at: datetime, *, instead_of: str) -> None:
        """Store `body` (None: it is stored already) and name the release as the one that goes live next."""
        live = select(served_releases.c.release).where(served_releases.c.name == "live")
        with self._writing() as connection:
            if connection.execute(live).scalar() != instead_of:
                raise PublishConflict(Message("service.releases.overtaken"))
            _keep(connection, name, body, at)
            _serve(connection, "staged", name)

    def put_live(self, publication: Publication, body: str | None, *, instead_of: str | None) -> None:
        """Store `body` (None: it is stored already), make the release live, and add a row to `publications`: all or
        nothing. `PublishConflict` as the port says."""
        with self._writing() as connection:
            _keep(connection, publication.release, body, publication.at)
            _switch(connection, publication.release, instead_of)
            connection.execute(insert(publications).values(_row(publication)))
            connection.execute(delete(served_releases).where(served_releases.c.name == "staged"))

    def put_draft(self, name: str, body: str, at: datetime, *, serve: bool) -> None:
        """Store a draft; `serve` makes it the one a sandbox's new calls get."""
        with self._writing() as connection:
            _keep(connection, name, body, at)
            if serve:
                _serve(connection, "draft", name)

    def remove(self, names: Sequence[str]) -> Sequence[str]:
        """Remove these; which went. One that is live, served or under a call that has not ended stays."""
        under_a_call = exists().where(calls.c.release == releases.c.hash, calls.c.ended_at.is_(None))
        served = select(served_releases.c.release)
        unwanted = releases.c.hash.in_(names) & releases.c.hash.not_in(served) & ~under_a_call
        with self._writing() as connection:
            gone = connection.execute(delete(releases).where(unwanted).returning(releases.c.hash)).scalars().all()
        return list(gone)

    def _current(self, name: str) -> str | None:
        rows = self._rows(select(served_releases.c.release).where(served_releases.c.name == name))
        return str(rows[0].release) if rows else None

    def _rows(self, wanted: Any) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(wanted).all()
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.unreadable", why=reason(failed))) from failed

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction in which nobody else changes releases: what it reads of them stays true to its end."""
        try:
            with self._engine.begin() as connection:
                exclusive(connection)
                yield connection
        except SQLAlchemyError as failed:
            raise StoreUnavailable(Message("store.releases.unwritable", why=reason(failed))) from failed


@contextmanager
def _readable() -> Iterator[None]:
    """Turns a decoding error into `StoreUnavailable`: a row was edited by hand."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as failed:
        raise StoreUnavailable(Message("store.releases.damaged", why=reason(failed))) from failed


def _keep(connection: Connection, name: str, body: str | None, at: datetime) -> None:
    """Store a release under the hash of its content, once. A body that was damaged since is replaced."""
    found = connection.execute(select(releases.c.body).where(releases.c.hash == name)).first()
    if found is not None:
        if body is not None and found.body != body:
            connection.execute(update(releases).where(releases.c.hash == name).values(body=body))
        return
    if body is None:
        raise NoSuch(Message("store.releases.gone", release=short(name)))
    connection.execute(insert(releases).values(hash=name, body=body, stored_at=stamp(at)))


def _serve(connection: Connection, place: str, name: str) -> None:
    """Name a release as the draft or the staged one, instead of the one before."""
    connection.execute(delete(served_releases).where(served_releases.c.name == place))
    connection.execute(insert(served_releases).values(name=place, release=name))


def _switch(connection: Connection, name: str, instead_of: str | None) -> None:
    """Compare and set: if two people publish at once, the second finds another release live than it has read."""
    if instead_of is None:
        try:
            connection.execute(insert(served_releases).values(name="live", release=name))
        except IntegrityError as taken:
            raise PublishConflict(Message("service.releases.overtaken")) from taken
        return
    as_found = (served_releases.c.name == "live") & (served_releases.c.release == instead_of)
    if connection.execute(update(served_releases).where(as_found).values(release=name)).rowcount != 1:
        raise PublishConflict(Message("service.releases.overtaken"))


def _row(publication: Publication) -> dict[str, object]:
    checks = [
        {"name": check.name, "passed": check.passed, "skipped": check.skipped, "summary": check.summary}
        for check in publication.checks
    ]
    return {
        "release": publication.release,
        "kind": publication.kind,
        "at": stamp(publication.at),
        "author": publication.author,
        "note": publication.note,
        "forced": publication.forced,
        "checks": json.dumps(checks, ensure_ascii=False),
    }


def _publication(row: Any) -> Publication:
    return Publication(
        release=row.release,
        kind=row.kind,
        at=datetime.fromisoformat(row.at),
        author=row.author,
        note=row.note,
        forced=row.forced,
        checks=[Check(**check) for check in json.loads(row.checks)],
    )
