"""Printing: a message in the reader's language, data as it is."""

from __future__ import annotations

import click

from ivr.messages.reader import shown


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a message, or data, to stdout (`err`: to stderr)."""
    click.echo(shown(text), err=err, nl=nl)


def complain(text: str) -> None:
    """Print to stderr."""
    echo(text, err=True)
