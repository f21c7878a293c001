"""Rules beyond the single file's grammar."""

from __future__ import annotations

from ivr.errors import Finding
from ivr.flow.parse import Parsed


def check(parsed: Parsed) -> list[Finding]:
    """What is wrong with the flows as a whole."""
    return []
