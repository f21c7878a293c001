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
        if not url.strip():
            raise SettingInvalid("IVR_DATABASE_URL is set, but empty; leave it out for sqlite:///ivr.db.")
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
    before_host, at, _ = url.partition("://")[2].rpartition("@")
    if at and any(c in before_host for c in "/?#@ "):
        what = (
            "a character in its user or password that a URL cannot hold; write @ as %40, / as %2F, ? as %3F, # as %23"
        )
        raise SettingInvalid(f"IVR_DATABASE_URL has {what}, or leave the password to ~/.pgpass.")
    try:
        parts = urlsplit(url)
        host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
        several = "," in parts.netloc  # of which libpq takes the first that will have it
        port = "" if several or not parts.port else f":{parts.port}"
        host = parts.netloc.rpartition("@")[2] if several else host
    except ValueError as failed:
        raise SettingInvalid(f"IVR_DATABASE_URL is no URL such as {EXAMPLE}.") from failed
    if not parts.path.strip("/"):
        raise SettingInvalid(f"IVR_DATABASE_URL names no database on its server; write it as {EXAMPLE}.")
    user = f"{unquote(parts.username)}@" if parts.username else ""
    return f"postgresql://{user}{unquote(host)}{port}{parts.path}"


def file_is_missing(url: str) -> bool:
    """Whether a URL names a SQLite file that is not there. Whether a server has a database, only the server knows."""
    return not is_postgres(url) and not Path(sqlite_path(url)).exists()
