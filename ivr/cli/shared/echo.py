"""Printing: a message in the reader's language, data as it is."""

from __future__ import annotations

import click

from ivr.errors import FlowInvalid, IvrError
from ivr.messages.message import Message
from ivr.messages.reader import shown


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a message, or data, to stdout (`err`: to stderr)."""
    click.echo(shown(text), err=err, nl=nl)


def complain(text: str) -> None:
    """Print to stderr."""
    echo(text, err=True)


def complain_of(failed: IvrError) -> None:
    """Why something could not be done: each finding where flows are wrong, else its sentence."""
    if isinstance(failed, FlowInvalid):
        for finding in failed.findings:
            complain(finding.sentence())
    else:
        complain(Message("command.failed", why=failed.message))
