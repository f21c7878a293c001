"""A store on each of the two databases, empty and of this version's schema."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from any_store import NOW, AnyStore, MakeStore

from ivr.storage.postgres import PostgresStore
from ivr.storage.schema import upgrade
from ivr.storage.sqlite import SqliteStore


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        upgrade(url := f"sqlite:///{tmp_path / 'ivr.db'}")
        return url
    url = request.getfixturevalue("postgres_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
def make_store(database_url: str) -> Iterator[MakeStore]:
    """More stores on one database, as other processes have them. Their clock stands at `NOW`."""
    made: list[AnyStore] = []

    def make() -> AnyStore:
        store: AnyStore
        if database_url.startswith("sqlite"):
            path = database_url.removeprefix("sqlite:///")
            store = SqliteStore(path, synchronous="OFF", deadline=2, clock=lambda: NOW)
        else:
            store = PostgresStore(database_url, deadline=2, clock=lambda: NOW)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: MakeStore) -> AnyStore:
    return make_store()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    import psycopg

    name = f"t{os.getpid()}"
    with psycopg.connect("postgresql://postgres@127.0.0.1/postgres", autocommit=True) as c:
        c.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        c.execute(f"CREATE DATABASE {name} TEMPLATE smoke")
    yield f"postgresql://postgres@127.0.0.1/{name}"
    with psycopg.connect("postgresql://postgres@127.0.0.1/postgres", autocommit=True) as c:
        c.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
