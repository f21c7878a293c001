"""`ivr releases`: what was live when, and the removal of what nobody needs any more."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import click

from ivr.app.database import check_current, opened
from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.release_line import release_line
from ivr.config import Settings, read_settings
from ivr.messages.message import Message
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
        echo(release_line(entry))
    if live is None:
        echo(Message("releases.nothing-live"))
    elif not any(entry["live"] and entry["stored"] for entry in found):
        echo(Message("releases.live-is-gone", release=short(live)))


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
        code = "releases.removed-draft" if gone.draft else "releases.removed-release"
        echo(Message(code, release=short(gone.name), day=gone.unused_since.date().isoformat()))
    echo(Message("releases.removed", n=len(removed)))


def _settings() -> Settings:
    settings = read_settings(os.environ)
    check_current(settings)
    return settings
