"""The process of a sandbox that stands for the network: `python -m ivr.app.exchange.exchange_process ...`.

Whoever else has its port keeps it: it is tried each second, and incoming calls are answered all the same.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time

import click

from ivr.app.exchange.sandbox_exchange import keeps_numbers, sandbox_exchange
from ivr.app.logs.setup import log_to_stderr
from ivr.app.serving.link import Link, linked
from ivr.carrier.exchange.server import ExchangeServer
from ivr.config import read_settings
from ivr.errors import IvrError
from ivr.messages.message import Message

log = logging.getLogger("ivr.exchange")
WELL_SECONDS = 1.0
PREDECESSOR_SECONDS = 5.0
"""In a restart the process before this one has the port until it ends: that is worth no line."""


@click.command()
@click.option("--parent-fd", type=int, required=True)
def command(parent_fd: int) -> None:
    """Take calls to be placed, and ring, until told to end or the parent has ended."""
    link, stop = linked(parent_fd)
    try:
        settings = read_settings(os.environ)
        log_to_stderr(settings.log)
        server = sandbox_exchange(settings)
        keep_numbers = keeps_numbers(settings, server.exchange)
    except IvrError as failed:
        click.echo(Message("command.failed", why=failed.message), err=True)
        sys.exit(2)
    keep_numbers()
    if not listening(server, link, stop):
        return
    while not stop.wait(WELL_SECONDS):
        link.well()
        keep_numbers()
    server.close()


def listening(server: ExchangeServer, link: Link, stop: threading.Event) -> bool:
    """Listen as soon as nobody else has the port; False once it is told to end. It is ready once it has tried: nobody
    waits for a port."""
    ready, told, began = False, False, time.monotonic()
    while not stop.is_set():
        why = _why_not(server)
        if not ready:
            ready = True
            link.ready()
        if why is None:
            return True
        if not told and time.monotonic() - began > PREDECESSOR_SECONDS:
            told, fields = True, {"where": f"127.0.0.1 port {server.port}"}
            log.warning("no exchange yet, calls to customers ring nowhere: %s", why, extra={"fields": fields})
        link.well()
        stop.wait(WELL_SECONDS)
    return False


def _why_not(server: ExchangeServer) -> OSError | None:
    """Listen; why that cannot be, else None."""
    try:
        server.start()
    except OSError as failed:
        return failed
    return None


if __name__ == "__main__":
    command()
