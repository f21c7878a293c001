"""The schema: brought up to date by Alembic's migrations, forward only."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import SettingInvalid, StoreUnavailable

UNKNOWN = "which this one cannot upgrade; use that version, or start with a new database."


def is_postgres(url: str) -> bool:
    """Whether a database URL names a PostgreSQL database."""
    return url.startswith(("postgresql://", "postgres://"))


def sqlite_path(url: str) -> str:
    """The file a database URL names. `SettingInvalid` for anything but a SQLite file."""
    if not url.startswith("sqlite:///"):
        kind = url.split(":", 1)[0]
        raise SettingInvalid(f'IVR_DATABASE_URL names a "{kind}" database; this version keeps calls in SQLite files.')
    path = url.removeprefix("sqlite:///")
    if not path or path == ":memory:":
        raise SettingInvalid("IVR_DATABASE_URL names no file: calls must outlive the process.")
    if "?" in path:
        raise SettingInvalid(f'IVR_DATABASE_URL has options ("?{path.partition("?")[2]}"); it names a file alone.')
    return path


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def engine(url: str) -> Engine:
    """An engine for everything but the live turn: migrations, lists, reports."""
    sqlite_path(url)
    return create_engine(url, connect_args={"timeout": 10})


def upgrade(url: str) -> None:
    """Bring the schema up to date; running it twice changes nothing. `StoreUnavailable` with the reason."""
    config = _config()
    if (why := why_not_current(url)).endswith(UNKNOWN):
        raise StoreUnavailable(f"the database {sqlite_path(url)} {why}")
    made = engine(url)
    try:
        with made.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # all or nothing, and one at a time; the driver begins none
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as failed:
        raise StoreUnavailable(f"the database {sqlite_path(url)} is not of this version: {failed}") from failed
    except SQLAlchemyError as failed:
        reason = getattr(failed, "orig", None) or failed
        raise StoreUnavailable(f"the database {sqlite_path(url)} cannot be used: {reason}") from failed
    finally:
        made.dispose()


def why_not_current(url: str) -> str:
    """Why the schema is not the one this version wants, and what to do; empty where it is."""
    found, known = _revision(url), _revisions()
    if found == known[0]:
        return ""
    if found is None or found in known:
        return "is older than this version; `ivr db upgrade` brings it up to date."
    return f"is of another version of ivr (schema {found}), {UNKNOWN}"


@cache
def _revisions() -> tuple[str, ...]:
    """The revisions this version knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _revision(url: str) -> str | None:
    """The revision a database is at, None where it has no schema yet."""
    made = engine(url)
    try:
        with made.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as failed:
        reason = getattr(failed, "orig", None) or failed
        raise StoreUnavailable(f"the database {sqlite_path(url)} cannot be used: {reason}") from failed
    finally:
        made.dispose()
