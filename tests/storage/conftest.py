"""A store on each of the two databases, empty and of this version's schema."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from any_store import NOW, AnyStore, MakeStore

from ivr.storage.postgres import PostgresStore
from ivr.storage.sqlite import SqliteStore


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
