"""What tests of several folders share: the shipped flows, compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled


@pytest.fixture(scope="session")
def hotline() -> Release:
    """The shipped flows, compiled."""
    return compiled(read_files(str(Path(__file__).parents[1] / "flows")))
