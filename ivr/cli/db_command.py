"""`ivr db`: the database's schema, and copies of it."""

from __future__ import annotations

import os
import shlex

import click

from ivr.app.database import check_made, prepare_database
from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.database_troubles import why_unwritable, work_troubles
from ivr.cli.shared.echo import echo
from ivr.config import read_settings
from ivr.errors import InvalidArgument
from ivr.messages.message import Message
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
    echo(Message("db-command.current", database=check_made(settings)))


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look at the schema, whether a turn can be written, who can read the file, and for work that was given up.

    Exit code 0: all is well. 1: something needs you; each line says what.
    """
    settings = read_settings(os.environ)
    name = check_made(settings)
    why, wide = why_not_current(settings.database_url), readable_by_others(settings.database_url)
    echo(why or Message("db-command.current", database=name))
    if wide:
        echo(wide)
    unwritable = None if why else why_unwritable(settings)
    if unwritable:
        echo(Message("db-command.takes-no-calls", database=name, why=unwritable))
    troubles = [] if why or unwritable else work_troubles(settings)
    for line in troubles:
        echo(line)
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
        raise InvalidArgument(Message("db-command.postgres-backup", database=name, command=dump))
    made = back_up(sqlite_path(url), file)
    kept = {"file": file, "megabytes": made.size / 1e6, "calls": made.calls}
    if made.newest:
        newest = made.newest[:16].replace("T", " ")
        echo(Message("db-command.backup-made-with-newest", **kept, newest=newest))
    else:
        echo(Message("db-command.backup-made", **kept))
