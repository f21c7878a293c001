"""`ivr rollback`: an earlier release becomes what new calls get."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from ivr.app.database import check_made, opened, prepare_database
from ivr.cli.shared.echo import echo
from ivr.cli.shared.publish_request import request_of, say_done
from ivr.config import read_settings
from ivr.messages.message import Message
from ivr.service.releases.release_ports import PublishPorts, short
from ivr.service.releases.roll_back import roll_back


@click.command()
@click.argument("release", required=False, default="")
@click.option("-m", "--note", help="Why, in a few words.")
@click.option("--author", help="Who does it; git's user.name or the system's user when left out.")
def command(release: str, note: str | None, author: str | None) -> None:
    """Make an earlier release live. RELEASE is the start of its hash; default: the release before this one.

    New calls use it at once; calls in progress finish on the release they began with. The files on disk stay as they
    are.
    """
    settings = read_settings(os.environ)
    request = request_of(author, note)
    check_made(settings)
    prepare_database(settings)
    with opened(settings) as database:
        done = roll_back(PublishPorts(database.releases, lambda: datetime.now(UTC)), release, request)
    if done.unchanged:
        echo(Message("rollback.live-already", release=short(done.release)))
    else:
        say_done(done, "rollback.done")
