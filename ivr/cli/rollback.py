"""`ivr rollback`: an earlier release becomes what new calls get."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from ivr.app.database import prepare_database, release_rows
from ivr.cli.publishing import act_of, say_done
from ivr.cli.releases import existing_database
from ivr.config import read_settings
from ivr.service.releases.release_ports import PublishPorts, short
from ivr.service.releases.roll_back import roll_back


@click.command()
@click.argument("release", required=False, default="")
@click.option("-m", "--note", help="Why, in a few words.")
@click.option("--author", help="Who does it; git's user.name or the system's user when left out.")
def command(release: str, note: str | None, author: str | None) -> None:
    """Make RELEASE live again: the first signs of its hash; the one live before when left out.

    New calls use it at once; calls in progress finish on the release they began with. The files on disk stay as they
    are.
    """
    settings = read_settings(os.environ)
    act = act_of(author, note)
    existing_database(settings)
    prepare_database(settings)
    with release_rows(settings) as rows:
        done = roll_back(PublishPorts(rows, lambda: datetime.now(UTC)), release, act)
    if done.unchanged:
        click.echo(f"release {short(done.release)} is live already; nothing was changed.")
    else:
        say_done(done, again=" again")
