"""Which program a process has loaded: it keeps that one, whatever is installed meanwhile."""

from __future__ import annotations

import importlib.metadata
from datetime import UTC, datetime

VERSION, SINCE = "Ivr-Version", "Ivr-Since"
"""Headers of what /readyz answers: `ivr doctor` tells by them which program takes calls."""


def installed_version() -> str:
    """The version that is installed now; asked when a process starts, the one it has loaded."""
    return importlib.metadata.version("ivr")


def running_headers() -> dict[str, str]:
    """Version and time of this process, to be made when it starts. The time is UTC, to the minute."""
    return {VERSION: installed_version(), SINCE: f"{datetime.now(UTC):%Y-%m-%d %H:%M}"}
