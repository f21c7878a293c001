"""How `ivr serve` starts: an address, a live release, then the processes."""

from __future__ import annotations

import errno
import socket
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException

from ivr.app.database import opened
from ivr.app.preparing import prepare
from ivr.app.serving.last_resort import check_last_resort
from ivr.app.serving.supervisor import Role, Supervisor, python
from ivr.app.serving.systemd import inherited_socket, notify
from ivr.config import Settings
from ivr.errors import InvalidArgument, IvrError, NoSuch
from ivr.flow.release import from_body, read_files, same_files, why_unusable
from ivr.messages.message import Message
from ivr.service.releases.release_ports import short

BACKLOG = 1024
"""Connections that wait while nobody takes them."""
TAKE_OVER_SECONDS = 1.0
WORK_SILENT_SECONDS = 60.0
"""How long a piece of work may take: it says nothing meanwhile."""
METRICS_SILENT_SECONDS = CONSOLE_SILENT_SECONDS = EXCHANGE_SILENT_SECONDS = 30.0
"""Nobody's call hangs on these: they may be slow on a busy machine."""
CONSOLE_STEADY_SECONDS = 60.0
"""A console that ends sooner is started later and later."""


@dataclass(frozen=True, slots=True)
class Processes:
    """How many processes take calls, how many threads each has, and whether one does the work, one answers on the
    metrics port, one answers the API, and one is the network of a sandbox."""

    voice: int
    threads: int
    work: bool
    metrics: bool = False
    console: bool = False
    exchange: bool = False


def listen(settings: Settings) -> socket.socket:
    """A socket that listens from now on: whoever phones while the rest starts waits, and is not turned away.

    Where the service manager holds one across restarts it is that. `InvalidArgument` where the host and port cannot be
    listened on; they are tried for a second, in which processes of a killed `ivr serve` end.
    """
    inherited = inherited_socket()
    if inherited is not None:
        return inherited
    until = time.monotonic() + TAKE_OVER_SECONDS
    while True:
        listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
            listening.listen(BACKLOG)
            return listening
        except OSError as failed:
            listening.close()
            if failed.errno != errno.EADDRINUSE or time.monotonic() > until:
                where = f"{settings.host}:{settings.port}"
                raise InvalidArgument(Message("app.serving.address", address=where, why=failed.strerror)) from failed
        time.sleep(0.05)


def ready_release(settings: Settings) -> Message | None:
    """See that something is live that this version can run; a sentence where the files on disk differ from
    it, else None.

    `NoSuch` where the live release is gone or cannot be run, `FlowInvalid` where nothing is live and the files have
    errors, `SettingInvalid` where the release may not phone the number of last resort.
    """
    live = prepare(settings, datetime.now(UTC))
    with opened(settings) as database:
        body = database.releases.body(live)
    if body is None:
        raise NoSuch(Message("app.serving.gone", release=short(live)))
    if reason := why_unusable(body):
        raise NoSuch(Message("app.serving.unusable", release=short(live), why=reason))
    check_last_resort(settings, from_body(body).phoned)
    try:
        same = same_files(body, read_files(settings.flows))
    except (IvrError, UnicodeDecodeError):
        same = False
    return None if same else Message("app.serving.differs", flows=settings.flows, release=short(live))


def serve(
    listening: socket.socket,
    processes: Processes,
    complain: Callable[[str], None],
    when_ready: Callable[[], None],
    application: str = "webhooks:app",
) -> None:
    """Keep the processes running that answer calls and do the work, until SIGTERM; SIGHUP replaces them. `when_ready`
    is called once all of them are ready."""

    def ready() -> None:
        notify("READY=1")
        when_ready()

    given = ["--listen-fd", str(listening.fileno()), "--threads", str(processes.threads)]
    voice = python("ivr.app.serving.voice_process", application, *given)
    roles = [Role("voice", voice, processes.voice, files=(listening.fileno(),))]
    if processes.work:
        work = python("ivr.app.serving.work_process")
        roles.append(Role("work", work, silent=WORK_SILENT_SECONDS, needed=False))
    if processes.metrics:
        metrics = python("ivr.app.metrics.metrics_process")
        roles.append(Role("metrics", metrics, silent=METRICS_SILENT_SECONDS, needed=False))
    if processes.exchange:
        exchange = python("ivr.app.exchange.exchange_process")
        roles.append(Role("exchange", exchange, silent=EXCHANGE_SILENT_SECONDS))  # who reads `ready` may phone
    if processes.console:
        console = python("ivr.console.console_process")
        steady = CONSOLE_STEADY_SECONDS
        roles.append(Role("console", console, silent=CONSOLE_SILENT_SECONDS, needed=False, steady=steady))
    Supervisor(roles, complain, ready, when_stopping=lambda: notify("STOPPING=1")).run()


def wait_until_ready(settings: Settings) -> str:
    """Wait until calls can be taken; the URL they come to."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else host}:{settings.port}"  # noqa: S104 - compared only
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever `http_proxy` says
    while True:
        with suppress(OSError, HTTPException), opener.open(f"{url}/readyz", timeout=2) as answer:
            if answer.status == 200:
                return f"http://{host}:{settings.port}"
        time.sleep(0.05)
