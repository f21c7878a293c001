from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from placed_house import PlacedHouse
from small_hotline import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A small hotline; its wall clock moves only when a test moves it."""
    made = House(tmp_path)
    yield made
    made.close()


@pytest.fixture
def house_with_desk(tmp_path: Path) -> Iterator[House]:
    """The same with a number of last resort."""
    made = House(tmp_path, last_resort="+862155500999")
    yield made
    made.close()


@pytest.fixture
def placed(tmp_path: Path) -> Iterator[PlacedHouse]:
    """A small hotline that phones its customers."""
    made = PlacedHouse(tmp_path)
    yield made
    made.close()
