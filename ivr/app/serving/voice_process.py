"""A process that takes calls: `python -m ivr.app.serving.voice_process APPLICATION ...`, started by `ivr serve`.

It begins empty. A fork of its parent might begin with a lock that nobody will ever release: its callers would wait
for ever.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
from importlib import import_module

import click

from ivr.app.serving.http_server import HttpServer
from ivr.app.serving.link import Link
from ivr.errors import IvrError
from ivr.messages.message import Message


@click.command()
@click.argument("application")
@click.option("--listen-fd", type=int, required=True)
@click.option("--parent-fd", type=int, required=True)
@click.option("--threads", type=int, required=True)
def command(application: str, listen_fd: int, parent_fd: int, threads: int) -> None:
    """Answer calls on a socket that listens already, until told to end or the parent has ended."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent tells us when to end
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    link = Link(parent_fd)
    module, _, name = application.partition(":")
    try:
        app = getattr(import_module(module), name)
    except IvrError as failed:
        click.echo(Message("command.failed", why=failed.message), err=True)
        sys.exit(2)
    server = HttpServer(app, socket.socket(fileno=listen_fd), threads)
    server.well = link.well
    signal.signal(signal.SIGTERM, lambda *_: server.drain())
    link.when_parent_ends(server.abandon)
    link.ready()
    server.run()


if __name__ == "__main__":
    command()
