from __future__ import annotations

from pathlib import Path

import pytest

from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

FLOWS = Path(__file__).parents[2] / "flows"


@pytest.fixture(scope="session")
def hotline() -> Release:
    """The shipped flows, compiled."""
    parsed = parse({f"flows/{file.name}": file.read_bytes() for file in FLOWS.glob("*.yaml")})
    assert parsed.findings == []
    return compile_release(parsed)
