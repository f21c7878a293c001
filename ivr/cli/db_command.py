"""`ivr db`: the database's schema."""

from __future__ import annotations

import os

import click

from ivr.app.database import check_made, prepare_database
from ivr.config import read_settings
from ivr.storage.schema import readable_by_others, why_not_current


@click.group()
def command() -> None:
    """Bring the database up to date, or check that it is."""


@command.command()
def upgrade() -> None:
    """Make the database or bring it up to date; twice changes nothing."""
    settings = read_settings(os.environ)
    prepare_database(settings)
    click.echo(f"{check_made(settings)} is up to date")


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Exit code 0: up to date. 1: it is older or newer than this version, or every user of the machine can read it."""
    settings = read_settings(os.environ)
    name = check_made(settings)
    why, wide = why_not_current(settings.database_url), readable_by_others(settings.database_url)
    click.echo(f"{name} {why or 'is up to date'}")
    if wide:
        click.echo(f"{name} {wide}")
    ctx.exit(1 if why or wide else 0)
