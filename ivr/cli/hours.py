"""`ivr hours`: what the calendar says, and why."""

from __future__ import annotations

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from ivr.errors import SettingInvalid
from ivr.flow.release import read_files
from ivr.lint.findings import compiled


@click.command()
@click.argument("time")
def command(time: str) -> None:
    """Explain for each of the hotline's hours whether it is open at TIME, such as 2026-10-01T09:00."""
    release = compiled(read_files(os.environ.get("IVR_FLOWS", "flows")))
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        raise SettingInvalid(f'"{time}" is no time; write it as 2026-10-01T09:00.') from None
    zone = ZoneInfo(release.time_zone)
    local = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    for name, hours in release.hours.items():
        click.echo(f"{name}: {hours.explain(local)}")
