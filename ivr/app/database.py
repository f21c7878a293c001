"""The database of the settings, for everything but live turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from ivr.app.wiring import wire
from ivr.config import Settings
from ivr.errors import NoDatabase, StoreUnavailable
from ivr.messages.message import Message
from ivr.service.cases.case_report import CaseReports
from ivr.service.ports import CallFilter, Ports, RecordedCall
from ivr.storage.audit_rows import AuditRows
from ivr.storage.bulk import engine
from ivr.storage.call_rows import CallRows
from ivr.storage.case_rows import CaseRows
from ivr.storage.database_url import database_name, file_is_missing, is_postgres
from ivr.storage.people_rows import PeopleRows
from ivr.storage.release_bodies import ReleaseBodies
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.schema import revision, upgrade, why_not_current
from ivr.storage.survey_rows import SurveyRows


class Database:
    """An open database: what is on record in it, by subject, and the ports that read calls with it. `name` is how
    sentences call it."""

    def __init__(self, settings: Settings, connections: Engine) -> None:
        self.name = database_name(settings.database_url)
        self.ports: Ports = wire(settings).ports
        self.calls = CallRows(connections)
        self.cases = CaseRows(connections)
        self.people = PeopleRows(connections)
        self.surveys = SurveyRows(connections)
        self.releases = ReleaseRows(connections)
        self.bodies = ReleaseBodies(connections)
        self.audited = AuditRows(connections)

    def call(self, name: str) -> RecordedCall | None:
        """A call with its turns, None where it is not on record."""
        return next(iter(self.calls.calls(CallFilter(calls=(name,), simulated=True))), None)

    def reports(self) -> CaseReports:
        """Cases as staff read them."""
        return CaseReports(self.ports, self.cases)


def prepare_database(settings: Settings) -> None:
    """Make the database, or bring it up to date. `StoreUnavailable` with the reason."""
    upgrade(settings.database_url)


def check_made(settings: Settings) -> str:
    """How sentences call the database. `NoDatabase` where nobody has made it yet: looking at one must not make it."""
    url = settings.database_url
    name = database_name(url)
    if file_is_missing(url):
        raise NoDatabase(Message("app.database.none", database=name))
    if is_postgres(url) and revision(url) is None:
        raise NoDatabase(Message("app.database.no-tables", database=name))
    return name


def check_current(settings: Settings) -> None:
    """`NoDatabase` where there is no database yet, `StoreUnavailable` where it is of another version."""
    check_made(settings)
    if why := why_not_current(settings.database_url):
        raise StoreUnavailable(why)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of the settings, closed at the end. `NoDatabase` where there is none yet, `StoreUnavailable` where
    it is of another version."""
    check_current(settings)
    connections = engine(settings.database_url)
    database = Database(settings, connections)
    try:
        yield database
    finally:
        database.ports.store.close()
        connections.dispose()
