"""`ivr releases`: what was live when, and the removal of what nobody needs any more."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from ivr.app.database import check_current, opened
from ivr.cli.shared.command_line import print_json
from ivr.config import Settings, read_settings
from ivr.service.releases.prune import prune as remove_unused
from ivr.service.releases.release_ports import PublishPorts, short
from ivr.service.releases.release_report import publications_report


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="All of each publication, as a JSON array.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """What was published, rolled back, and is live; newest first."""
    if ctx.invoked_subcommand is not None:
        return
    with opened(_settings()) as database:
        found = publications_report(database.releases)
        live = database.releases.live()
    if as_json:
        print_json(found)
        return
    for entry in found:
        click.echo(_line(entry))
    if live is None:
        click.echo("Nothing is live: `ivr publish` makes the flows on disk live.")
    elif not any(entry["live"] and entry["stored"] for entry in found):
        what = f"The content of the live release {short(live)} is gone from the database"
        click.echo(f"{what}: new calls hear the apology until `ivr publish` or `ivr rollback`.")


@command.command()
@click.option("--keep", type=click.IntRange(1, 36_500), default=90, show_default=True, help="Days out of use.")
def prune(keep: int) -> None:
    """Remove releases and drafts that have been out of use for so many days.

    The live release stays, and every one under a call that has not ended. The list of publications stays whole; calls
    that were led by a removed release keep their cases, but not the way they took.
    """
    with opened(_settings()) as database:
        removed = remove_unused(PublishPorts(database.releases, lambda: datetime.now(UTC)), timedelta(days=keep))
    for gone in removed:
        kind = "draft of" if gone.draft else "replaced"
        click.echo(f"removed {short(gone.name)} ({kind} {gone.unused_since.date()})")
    click.echo(f"{len(removed)} release{'' if len(removed) == 1 else 's'} removed")


def _settings() -> Settings:
    settings = read_settings(os.environ)
    check_current(settings)
    return settings


def _line(entry: dict[str, Any]) -> str:
    mark = "live" if entry["live"] else ""
    at = datetime.fromisoformat(entry["at"]).isoformat(sep=" ", timespec="minutes")
    by = f"{entry['author']}: " if entry["author"] else ""
    kind = {"publish": "", "first": "first start, ", "rollback": "rollback, "}[entry["kind"]]
    said = [f"{kind}{by}{entry['note'] or 'no note'}"]
    if entry["forced"]:
        said.append(f"FORCED ({entry['forced']})")
    if calls := entry["calls_in_progress"]:
        said.append(f"{calls} call{'' if calls == 1 else 's'} in progress")
    if not entry["stored"]:
        said.append("content removed")
    return f"{mark:<5} {short(entry['release'])}  {at}  {'; '.join(said)}"
