"""The process of `ivr serve` that answers on the metrics port: `python -m ivr.app.metrics.metrics_process ...`.

Apart from the others, so that no scrape costs a caller anything, and apart from the parent, which nothing may end.
"""

from __future__ import annotations

import os

import click

from ivr.app.logs.setup import log_to_stderr
from ivr.app.metrics.port import open_metrics_port
from ivr.app.serving.link import linked
from ivr.config import read_settings

WELL_SECONDS = 1.0


@click.command()
@click.option("--parent-fd", type=int, required=True)
def command(parent_fd: int) -> None:
    """Answer on the metrics port until told to end or the parent has ended."""
    link, stop = linked(parent_fd)
    settings = read_settings(os.environ)
    log_to_stderr(settings.log)
    close = open_metrics_port(settings)
    link.ready()
    while not stop.wait(WELL_SECONDS):
        link.well()
    close()


if __name__ == "__main__":
    command()
