"""What IVR_DATABASE_URL may name: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ivr.errors import SettingInvalid

POSTGRES = ("postgresql://", "postgres://")
EXAMPLE = '"postgresql://user@host:5432/name"'


def is_postgres(url: str) -> bool:
    """Whether a URL names a PostgreSQL database."""
    return url.startswith(POSTGRES)


def sqlite_path(url: str) -> str:
    """The file a URL names. `SettingInvalid` for anything but a SQLite file."""
    if not url.startswith("sqlite:///"):
        kind = url.split(":", 1)[0]
        known = f'"sqlite:///ivr.db" or {EXAMPLE}'
        raise SettingInvalid(f'IVR_DATABASE_URL names a "{kind}" database; calls are kept in {known}.')
    path = url.removeprefix("sqlite:///")
    if not path or path == ":memory:":
        raise SettingInvalid("IVR_DATABASE_URL names no file: calls must outlive the process.")
    if "?" in path:
        raise SettingInvalid(f'IVR_DATABASE_URL has options ("?{path.partition("?")[2]}"); it names a file alone.')
    return path


def database_name(url: str) -> str:
    """How sentences name a database: its file, or its URL without password and options. `SettingInvalid` where the
    URL makes no sense."""
    if not is_postgres(url):
        return sqlite_path(url)
    try:
        parts = urlsplit(url)
        host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
        port = f":{parts.port}" if parts.port else ""
    except ValueError as failed:
        raise SettingInvalid(f"IVR_DATABASE_URL is no URL such as {EXAMPLE}: {failed}.") from failed
    if not parts.path.strip("/"):
        raise SettingInvalid(f"IVR_DATABASE_URL names no database on its server; write it as {EXAMPLE}.")
    user = f"{unquote(parts.username)}@" if parts.username else ""
    return f"postgresql://{user}{unquote(host)}{port}{parts.path}"


def file_is_missing(url: str) -> bool:
    """Whether a URL names a SQLite file that is not there. Whether a server has a database, only the server knows."""
    return not is_postgres(url) and not Path(sqlite_path(url)).exists()
