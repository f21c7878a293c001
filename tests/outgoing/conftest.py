from __future__ import annotations

from collections.abc import Iterator

import pytest
from outgoing_house import OutgoingHouse


@pytest.fixture
def house(database_url: str) -> Iterator[OutgoingHouse]:
    """A house that phones its customers, on each kind of database."""
    made = OutgoingHouse(database_url)
    yield made
    made.close()
