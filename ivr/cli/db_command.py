"""`ivr db`: the database's schema."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing

import click

from ivr.app.database import check_made, prepare_database
from ivr.app.wiring import system_clock
from ivr.config import read_settings
from ivr.service.rows import DeadPiece
from ivr.storage.opening import open_store
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
    """Look at the schema, at who can read the file, and for work that was given up.

    Exit code 0: all is well. 1: something needs you; each line says what.
    """
    settings = read_settings(os.environ)
    name = check_made(settings)
    why, wide = why_not_current(settings.database_url), readable_by_others(settings.database_url)
    click.echo(f"{name} {why or 'is up to date'}")
    if wide:
        click.echo(f"{name} {wide}")
    dead: Sequence[DeadPiece] = []
    if not why:
        with closing(open_store(settings, system_clock)) as store:
            dead = store.dead_work()
    for piece in dead:
        click.echo(_told(piece))
    ctx.exit(1 if why or wide or dead else 0)


def _told(piece: DeadPiece) -> str:
    about = f"{piece.kind} {piece.ref}".strip()
    tries = f"{piece.tries} {'try' if piece.tries == 1 else 'tries'}"
    if piece.given_up:
        return (
            f"work {piece.id} ({about}) was given up after {tries}: {piece.trouble}; `ivr worker --retry {piece.id}`."
        )
    return f"work {piece.id} ({about}) was begun and never ended; find out what became of it."
