from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from release_shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty database of releases."""
    made = Shelf(tmp_path)
    yield made
    made.engine.dispose()
