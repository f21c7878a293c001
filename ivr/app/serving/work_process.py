"""The process of `ivr serve` that does the work of `ivr worker`: `python -m ivr.app.serving.work_process ...`."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

import click

from ivr.app.serving.link import Link
from ivr.app.working import work_for_ever, worker_of
from ivr.config import read_settings
from ivr.errors import IvrError


@click.command()
@click.option("--parent-fd", type=int, required=True)
def command(parent_fd: int) -> None:
    """Do what is due until told to end or the parent has ended."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent tells us when to end
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop, link = threading.Event(), Link(parent_fd)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    link.when_parent_ends(stop.set)
    try:
        worker = worker_of(read_settings(os.environ), _complain)
    except IvrError as failed:
        _complain(f"ivr: {failed}")
        sys.exit(2)
    link.ready()
    work_for_ever(worker, _complain, stop, link.well)


def _complain(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    command()
