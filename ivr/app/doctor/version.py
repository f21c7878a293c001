"""Which installation of the program this command is of: a machine may have several."""

from __future__ import annotations

import platform
from pathlib import Path

import ivr
from ivr.app.doctor.line import Line, ok
from ivr.app.running import installed_version
from ivr.messages.message import Message


def examine_version() -> Line:
    """Its version, and where it is."""
    here = {"version": installed_version(), "python": platform.python_version(), "folder": Path(ivr.__file__).parent}
    return ok("version", Message("doctor.version.here", **here))
