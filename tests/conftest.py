"""What tests of several folders share: the shipped flows, compiled once, and a PostgreSQL."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres import TestServer, running_server
from read_once import read_once

from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages import reader
from ivr.messages.catalogue import ENGLISH
from ivr.storage.schema import upgrade

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
"""Tests start a hundred processes: where nothing may be kept, each of them compiles all that it imports anew."""


def pytest_collection_finish() -> None:
    """What was imported and collected is there to the end: no collector looks at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def files_read_once() -> Iterator[None]:
    """Tests read the same few flow files a thousand times; how they are read is tested in tests/source."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ivr.flow.parse.read_source", read_once)
        yield


@pytest.fixture(autouse=True)
def read_in_english() -> Iterator[None]:
    """What a command run in this process has chosen is not the language of the tests after it."""
    yield
    reader.read_in(ENGLISH)


@pytest.fixture(scope="session")
def hotline() -> Release:
    """The shipped flows, compiled."""
    return compiled(read_files(str(Path(__file__).parents[1] / "flows")))


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """A PostgreSQL server, started for the first test that wants one."""
    with running_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: TestServer) -> Iterator[str]:
    """A PostgreSQL database with this version's tables, and nothing in them."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def bare_postgres_url(postgres: TestServer) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    with postgres.database(empty=True) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind with this version's tables, and nothing in them."""
    if request.param == "sqlite":
        upgrade(url := f"sqlite:///{tmp_path / 'ivr.db'}")
        return url
    url = request.getfixturevalue("postgres_url")
    assert isinstance(url, str)
    return url
