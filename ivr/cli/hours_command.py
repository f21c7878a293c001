"""`ivr hours`: what the calendar says, and why."""

from __future__ import annotations

import os
from zoneinfo import ZoneInfo

import click

from ivr.cli.shared.echo import echo
from ivr.cli.shared.moments import local_time
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message


@click.command()
@click.argument("time")
def command(time: str) -> None:
    """Explain for each of the hotline's hours whether it is open at TIME, such as 2026-10-01T09:00."""
    release = compiled(read_files(os.environ.get("IVR_FLOWS", "flows")))
    at = local_time(time, release.time_zone).astimezone(ZoneInfo(release.time_zone))
    for name, hours in release.hours.items():
        echo(Message("hours.line", name=name, why=hours.explain(at)))
