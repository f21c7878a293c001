"""`ivr publish`: the files on disk become what new calls get."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from ivr.app.database import opened, prepare_database
from ivr.cli.shared.command_line import exit_code, options_as
from ivr.cli.shared.echo import echo
from ivr.cli.shared.publish_request import request_of, say_done
from ivr.cli.shared.release_checks import release_checks
from ivr.config import read_settings
from ivr.flow.release import read_files
from ivr.messages.message import Message
from ivr.replay.fixture_files import FIXTURES
from ivr.service.releases.publishing import Published, publish
from ivr.service.releases.release_ports import Check, PublishPorts, short


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOptions:
    """The options of `ivr publish`."""

    note: str
    author: str | None
    force: bool
    fixtures: str | None
    lang: str


@click.command()
@click.option("-m", "--note", required=True, help="What changes for callers, in a few words.")
@click.option("--author", help="Who publishes; git's user.name or the system's user when left out.")
@click.option("--force", is_flag=True, help="In spite of checks that fail, except lint; it is written down.")
@click.option("--fixtures", type=click.Path(), help=f"The folder of calls to play; {FIXTURES} when left out.")
@click.option("--lang", default="", metavar="TAG", help="Show a call that breaks a promise in this language.")
@options_as(PublishOptions)
def command(options: PublishOptions) -> None:
    """Check the flows on disk and make them live: at once, whole, or not at all.

    Calls in progress finish on the release they began with. Exit code 0: they are live. 1: a check failed, nothing was
    changed. 2: it could not run.
    """
    settings = read_settings(os.environ)
    request = request_of(options.author, options.note, force=options.force)
    files = read_files(settings.flows)
    checks = release_checks(settings, options.fixtures, options.lang)
    prepare_database(settings)
    with opened(settings) as database:
        ports = PublishPorts(database.releases, lambda: datetime.now(UTC), _tell)
        published = publish(ports, files, checks, request)
    _say(published)
    exit_code(0 if published.done or published.unchanged else 1)


def _tell(check: Check) -> None:
    echo(Message("publish.check", name=check.name, outcome=check.outcome, summary=check.summary))
    for line in check.lines:
        echo(Message("publish.check-line", line=line))


def _say(published: Published) -> None:
    failed = tuple(check.name for check in published.failed)
    if published.done:
        if failed:
            echo(Message("publish.forced", failed=failed))
        say_done(published)
    elif published.unchanged:
        echo(Message("publish.live-already", release=short(published.release)))
    else:
        live = published.replaced
        still = Message("publish.still-live", release=short(live)) if live else Message("publish.nothing-live")
        hint = Message("publish.fix-or-force") if published.release else Message("publish.fix-errors")
        echo(Message("publish.failed", failed=failed, still=still, hint=hint))
