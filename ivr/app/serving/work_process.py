"""The process of `ivr serve` that does the work of `ivr worker`: `python -m ivr.app.serving.work_process ...`."""

from __future__ import annotations

import os
import sys

import click

from ivr.app.logs.setup import log_complaint, log_to_stderr
from ivr.app.serving.link import linked
from ivr.app.working import work_for_ever, worker_of
from ivr.config import read_settings
from ivr.errors import IvrError
from ivr.messages.message import Message


@click.command()
@click.option("--parent-fd", type=int, required=True)
def command(parent_fd: int) -> None:
    """Do what is due until told to end or the parent has ended."""
    link, stop = linked(parent_fd)
    try:
        settings = read_settings(os.environ)
        log_to_stderr(settings.log)
        worker = worker_of(settings, log_complaint)
    except IvrError as failed:
        click.echo(Message("command.failed", why=failed.message), err=True)
        sys.exit(2)
    link.ready()
    work_for_ever(worker, log_complaint, stop, link.well)


if __name__ == "__main__":
    command()
