"""`ivr db`: the database's schema, and copies of it."""

from __future__ import annotations

import os
import shlex

import click

from ivr.app.database import check_made, prepare_database
from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.database_troubles import why_unwritable, work_troubles
from ivr.config import read_settings
from ivr.errors import InvalidArgument
from ivr.storage.backup import back_up
from ivr.storage.database_url import is_postgres, sqlite_path
from ivr.storage.schema import readable_by_others, why_not_current


@click.group()
def command() -> None:
    """Bring the database up to date, check that it is, or back it up."""


@command.command()
def upgrade() -> None:
    """Make the database or bring it up to date; twice changes nothing."""
    settings = read_settings(os.environ)
    prepare_database(settings)
    click.echo(f"{check_made(settings)} is up to date")


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look at the schema, whether a turn can be written, who can read the file, and for work that was given up.

    Exit code 0: all is well. 1: something needs you; each line says what.
    """
    settings = read_settings(os.environ)
    name = check_made(settings)
    why, wide = why_not_current(settings.database_url), readable_by_others(settings.database_url)
    click.echo(f"{name} {why or 'is up to date'}")
    if wide:
        click.echo(f"{name} {wide}")
    unwritable = "" if why else why_unwritable(settings)
    if unwritable:
        click.echo(f"{name} takes no calls: {unwritable}")
    troubles = [] if why or unwritable else work_troubles(settings)
    for line in troubles:
        click.echo(line)
    ctx.exit(1 if why or wide or unwritable or troubles else 0)


@command.command()
@click.argument("file")
def backup(file: str) -> None:
    """Copy a SQLite database to FILE while calls go on; no caller waits for it. FILE must not be there yet.

    It holds all that was on record when the command began, is readable for you alone, and was checked when this says
    so. Exit code 0: it is made. 2: it is not, and nothing is left of it.
    """
    url = local_settings().database_url
    name = check_made(local_settings())
    if is_postgres(url):
        dump = f'umask 077; pg_dump --format=custom --file={shlex.quote(file)} --dbname="$IVR_DATABASE_URL"'
        raise InvalidArgument(f"{name} is backed up by PostgreSQL's own program: {dump}")
    made = back_up(sqlite_path(url), file)
    newest = f", the newest of {made.newest[:16].replace('T', ' ')} UTC" if made.newest else ""
    calls = f"{made.calls:,} {'call' if made.calls == 1 else 'calls'}{newest}"
    click.echo(f"{file} is made and checked: {made.size / 1e6:,.1f} MB, {calls}")
