"""`ivr db`: the database's schema."""

from __future__ import annotations

import os

import click

from ivr.app.database import database_file, prepare_database
from ivr.config import read_settings
from ivr.storage.schema import why_not_current


@click.group()
def command() -> None:
    """Bring the database up to date, or check that it is."""


@command.command()
def upgrade() -> None:
    """Make the database or bring it up to date; twice changes nothing."""
    settings = read_settings(os.environ)
    prepare_database(settings)
    click.echo(f"{database_file(settings)} is up to date")


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Exit code 0: up to date. 1: it is older or newer than this version."""
    settings = read_settings(os.environ)
    path = database_file(settings)
    why = why_not_current(settings.database_url)
    click.echo(f"{path} {why or 'is up to date'}")
    ctx.exit(1 if why else 0)
