"""`ivr new`: files to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from ivr.app.example import make_hotline


@click.group()
def command() -> None:
    """Make files to begin with."""


@command.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def hotline(folder: Path) -> None:
    """Copy the example hotline into FOLDER (here, when left out): its flows, and the calls that try them."""
    count = make_hotline(folder)
    click.echo(f"{count} files in {folder}: the flows in flows/, calls that try them in tests/calls/")
    click.echo(f"next: {'' if folder == Path() else f'cd {folder}; '}ivr call")
