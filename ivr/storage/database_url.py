"""What IVR_DATABASE_URL may name: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ivr.errors import SettingInvalid
from ivr.messages.message import Message

POSTGRES = ("postgresql://", "postgres://")
EXAMPLE = "postgresql://user@host:5432/name"


def is_postgres(url: str) -> bool:
    """Whether a URL names a PostgreSQL database."""
    return url.startswith(POSTGRES)


def sqlite_path(url: str) -> str:
    """The file a URL names. `SettingInvalid` for anything but a SQLite file."""
    if not url.startswith("sqlite:///"):
        if not url.strip():
            raise SettingInvalid(Message("store.url.empty"))
        raise SettingInvalid(Message("store.url.kind", kind=url.split(":", 1)[0], example=EXAMPLE))
    path = url.removeprefix("sqlite:///")
    if not path or path == ":memory:":
        raise SettingInvalid(Message("store.url.no-file"))
    if "?" in path:
        raise SettingInvalid(Message("store.url.options", options=path.partition("?")[2]))
    return path


def database_name(url: str) -> str:
    """How sentences name a database: its file, or its URL without password and options. `SettingInvalid` where the
    URL makes no sense."""
    if not is_postgres(url):
        return sqlite_path(url)
    before_host, at, _ = url.partition("://")[2].rpartition("@")
    if at and any(c in before_host for c in "/?#@ "):
        raise SettingInvalid(Message("store.url.character"))
    try:
        parts = urlsplit(url)
        host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
        several = "," in parts.netloc  # of which libpq takes the first that will have it
        port = "" if several or not parts.port else f":{parts.port}"
        host = parts.netloc.rpartition("@")[2] if several else host
    except ValueError as failed:
        raise SettingInvalid(Message("store.url.not-one", example=EXAMPLE)) from failed
    if not parts.path.strip("/"):
        raise SettingInvalid(Message("store.url.no-database", example=EXAMPLE))
    user = f"{unquote(parts.username)}@" if parts.username else ""
    return f"postgresql://{user}{unquote(host)}{port}{parts.path}"


def file_is_missing(url: str) -> bool:
    """Whether a URL names a SQLite file that is not there. Whether a server has a database, only the server knows."""
    return not is_postgres(url) and not Path(sqlite_path(url)).exists()
