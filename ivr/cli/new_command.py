"""`ivr new`: files to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from ivr.app.example import make_hotline
from ivr.cli.shared.echo import echo
from ivr.messages.message import Message


@click.group()
def command() -> None:
    """Make files to begin with."""


@command.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def hotline(folder: Path) -> None:
    """Copy the example hotline into FOLDER (here, when left out): its flows, and the calls that try them."""
    count = make_hotline(folder)
    here = folder == Path()
    echo(
        Message("new-command.made-here", count=count)
        if here
        else Message("new-command.made", count=count, folder=str(folder))
    )
    echo(Message("new-command.next", command="ivr call" if here else f"cd {folder}; ivr call"))
