"""The database of the settings, for everything but live turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from ivr.app.wiring import wire
from ivr.config import Settings
from ivr.errors import NoDatabase, StoreUnavailable
from ivr.service.cases.case_report import CaseReports
from ivr.service.ports import CallFilter, Ports, RecordedCall
from ivr.storage.audit_rows import AuditRows
from ivr.storage.call_rows import CallRows
from ivr.storage.case_rows import CaseRows
from ivr.storage.release_bodies import ReleaseBodies
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.schema import engine, sqlite_path, upgrade, why_not_current


class Database:
    """An open database: what is on record in it, by subject, and the ports that read calls with it."""

    def __init__(self, settings: Settings, connections: Engine) -> None:
        self.path = sqlite_path(settings.database_url)
        self.ports: Ports = wire(settings).ports
        self.calls = CallRows(connections)
        self.cases = CaseRows(connections)
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


def database_file(settings: Settings) -> str:
    """The file of a database that exists. `NoDatabase` where there is none yet: looking at one must not make it."""
    path = sqlite_path(settings.database_url)
    if not Path(path).exists():
        raise NoDatabase(f"there is no database {path} yet; `ivr serve`, `ivr call` or `ivr publish` makes it.")
    return path


def check_current(settings: Settings) -> None:
    """`NoDatabase` where there is no database yet, `StoreUnavailable` where it is of another version."""
    path = database_file(settings)
    if why := why_not_current(settings.database_url):
        raise StoreUnavailable(f"{path} {why}")


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of the settings, closed at the end. `NoDatabase` where there is none yet, `StoreUnavailable` where
    it is of another version."""
    check_current(settings)
    connections = engine(settings.database_url)
    try:
        yield Database(settings, connections)
    finally:
        connections.dispose()
