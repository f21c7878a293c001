"""The database of the settings, for everything but live turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ivr.config import Settings
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.schema import engine, upgrade


def prepare_database(settings: Settings) -> None:
    """Make the database, or bring it up to date. `StoreUnavailable` with the reason."""
    upgrade(settings.database_url)


@contextmanager
def release_rows(settings: Settings) -> Iterator[ReleaseRows]:
    """The releases of the database of the settings, for everything but live turns."""
    made = engine(settings.database_url)
    try:
        yield ReleaseRows(made)
    finally:
        made.dispose()
