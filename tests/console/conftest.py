"""The API on each of the two databases, with people in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from console_api import NOW, PEOPLE, Api, MakeApi

from ivr.config import Settings
from ivr.console.app import create_app
from ivr.service.people import Person, new_token
from ivr.storage.schema import upgrade


@pytest.fixture
def make_api() -> Iterator[MakeApi]:
    """The API on a database with this version's tables."""
    made: list[Api] = []

    def make(url: str) -> Api:
        app = create_app(Settings(database_url=url))
        api = Api(app, url, {})
        made.append(api)
        for name, roles in PEOPLE.items():
            api.database.people.add(Person(name, roles, ("cards",) if name == "zhao" else (), NOW))
            api.tokens[name] = new_token(api.database.people, name, NOW)
        return api

    yield make
    for api in made:
        api.app.extensions["ivr"].close()


@pytest.fixture
def api(make_api: MakeApi, tmp_path: Any) -> Api:
    upgrade(url := f"sqlite:///{tmp_path / 'ivr.db'}")
    return make_api(url)


@pytest.fixture
def any_api(make_api: MakeApi, database_url: str) -> Api:
    """On each of the two databases."""
    return make_api(database_url)
