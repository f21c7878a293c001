"""The schema: brought up to date by Alembic's migrations, forward only.

Alembic is imported where it migrates: to see that a database is of this version takes two statements, and is all that
most processes ever do.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError, SQLAlchemyError

from ivr.errors import StoreUnavailable
from ivr.storage.bulk import engine, exclusive, reason
from ivr.storage.database_url import database_name, is_postgres, sqlite_path
from ivr.storage.tables import counters

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
UNKNOWN = "which this one cannot upgrade; use that version, or start with a new database."
OWNER_ONLY = 0o600
"""A database holds what callers said: nobody else on the machine may read it."""


def upgrade(url: str) -> None:
    """Make the database's tables or bring them up to date; running it twice changes nothing, and of two at once the
    second finds nothing to do. `StoreUnavailable` with the reason."""
    name = database_name(url)
    _make_file(url)
    why = why_not_current(url)
    if not why:
        return
    if why.endswith(UNKNOWN):
        raise StoreUnavailable(f"the database {name} {why}")
    from alembic.util import CommandError

    made = engine(url)
    try:
        try:
            _upgrade(made)
        except (IntegrityError, ProgrammingError):
            if revision(url) is None:
                raise
            _upgrade(made)  # another process made the first table at the same time, which PostgreSQL refuses to us
    except CommandError as failed:
        raise StoreUnavailable(f"the database {name} is not of this version: {failed}") from failed
    except SQLAlchemyError as failed:
        raise StoreUnavailable(f"the database {name} cannot be used: {reason(failed)}") from failed
    finally:
        made.dispose()


def _upgrade(made: Engine) -> None:
    """All or nothing, and one at a time. Two first migrations wait for each other as well: PostgreSQL lets the second
    make a table of the same name only once the first has ended."""
    from alembic import command

    config = _config()
    with made.begin() as connection:
        exclusive(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def why_not_current(url: str) -> str:
    """Why the schema is not the one this version wants, and what to do; empty where it is."""
    found, known = revision(url), _revisions()
    if found == known[0] or (found is not None and found > known[0] and _goes_with(url, known[0])):
        return ""
    if found is None or found in known:
        return "is older than this version; `ivr db upgrade` brings it up to date."
    return f"is of another version of ivr (schema {found}), {UNKNOWN}"


def can_upgrade(url: str) -> bool:
    """Whether `upgrade` can bring the database to this version's schema."""
    found = revision(url)
    return found is None or found in _revisions()


def _goes_with(url: str, newest: str) -> bool:
    """Whether a database that a later version has upgraded can be used by this one all the same: during a rolling
    upgrade both run on it. Its row in `counters` says the oldest schema it goes with; a migration that does more than
    add tables, indexes, and columns that may be left out, raises it (docs/adr/0010)."""
    made = engine(url)
    try:
        with made.connect() as connection:
            oldest = select(counters.c.value).where(counters.c.name == "oldest_schema")
            found = connection.execute(oldest).scalar()
            return found is not None and found <= int(newest)
    except SQLAlchemyError:
        return False  # it has no such table: no database of ivr's that this version knows
    finally:
        made.dispose()


def readable_by_others(url: str) -> str:
    """The files of a database that other users of the machine can read, and what to do; empty where there are none."""
    wide = files_for_all(url)
    return f"can be read by every user of this machine; `chmod 600 {' '.join(wide)}`." if wide else ""


def files_for_all(url: str) -> list[str]:
    """The files of a database that every user of the machine can read.

    SQLite gives the two files beside the database the mode the database has when it makes them.
    """
    if is_postgres(url) or os.name != "posix":
        return []
    path = sqlite_path(url)
    files = [Path(f"{path}{ending}") for ending in ("", "-wal", "-shm")]
    return [str(file) for file in files if file.exists() and file.stat().st_mode & 0o007]


def revision(url: str) -> str | None:
    """The revision a database is at, None where it has no schema yet. `StoreUnavailable` where nobody can tell."""
    made = engine(url)
    try:
        with made.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return found
    except SQLAlchemyError as failed:
        raise StoreUnavailable(f"the database {database_name(url)} cannot be used: {reason(failed)}") from failed
    finally:
        made.dispose()


def _make_file(url: str) -> None:
    """Make a SQLite file before SQLite does, for the owner alone from its first moment."""
    if is_postgres(url):
        return
    path = sqlite_path(url)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    except FileExistsError:
        return
    except OSError as failed:
        raise StoreUnavailable(f"the database {path} cannot be made: {failed.strerror}") from failed


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def _revisions() -> tuple[str, ...]:
    """The revisions this version knows, the newest first: each is the number its file's name begins with."""
    return tuple(sorted((file.name[:4] for file in MIGRATIONS.glob("versions/[0-9]*.py")), reverse=True))
