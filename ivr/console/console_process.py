"""The process of `ivr serve` that answers the API: `python -m ivr.console.console_process ...`.

Apart from those that take calls, so that nobody who lists cases makes a caller wait, and with its own port. Whoever
else has the port keeps it: it is tried each second, and calls are answered all the same.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
import threading
import time

import click

from ivr.app.logs.setup import log_to_stderr
from ivr.app.serving.link import Link, linked
from ivr.config import Settings, read_settings
from ivr.console.app import create_app
from ivr.console.server import LARGEST_READ, ApiServer
from ivr.errors import IvrError
from ivr.messages.message import Message

log = logging.getLogger("ivr.console")
THREADS = 4
NICE = 5
"""Callers first: where the machine is busy, the others get the core."""
BACKLOG = 64
TRY_SECONDS = 1.0
PREDECESSOR_SECONDS = 5.0
"""In a restart the process before this one has the port until it ends: that is worth no line."""


@click.command()
@click.option("--parent-fd", type=int, required=True)
def command(parent_fd: int) -> None:
    """Answer the API until told to end or the parent has ended."""
    link, stop = linked(parent_fd)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        settings = read_settings(os.environ)
        log_to_stderr(settings.log)
        app = create_app(settings)
    except IvrError as failed:
        click.echo(Message("command.failed", why=failed.message), err=True)
        sys.exit(2)
    os.nice(NICE)
    link.ready()
    listening = listening_when_free(settings, link, stop)
    if listening is None:
        return
    server = ApiServer(app, listening, THREADS, LARGEST_READ)
    server.well = link.well
    signal.signal(signal.SIGTERM, lambda *_: server.drain())
    link.when_parent_ends(server.abandon)
    if stop.is_set():  # meanwhile
        server.drain()
    server.run()


def listening_when_free(settings: Settings, link: Link, stop: threading.Event) -> socket.socket | None:
    """A socket that listens on the port of the settings, as soon as nobody else does; None once it is told to end."""
    where, told, began = (settings.console_host, settings.console_port), False, time.monotonic()
    while not stop.is_set():
        listening = socket.socket(socket.AF_INET6 if ":" in settings.console_host else socket.AF_INET)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(where)
            listening.listen(BACKLOG)
            return listening
        except OSError as failed:
            listening.close()
            patient = failed.errno == errno.EADDRINUSE and time.monotonic() - began < PREDECESSOR_SECONDS
            if not told and not patient:
                told, fields = True, {"where": f"{where[0]} port {where[1]}"}
                log.warning("no API yet, calls are answered all the same: %s", failed, extra={"fields": fields})
        link.well()
        stop.wait(TRY_SECONDS)
    return None


if __name__ == "__main__":
    command()
