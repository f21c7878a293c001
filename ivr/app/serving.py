"""What `ivr serve` does around the webhooks: a live release first, then the server."""

from __future__ import annotations

import multiprocessing
import socket
import time
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime

from ivr.app.database import opened
from ivr.app.preparing import prepare
from ivr.config import Settings
from ivr.errors import InvalidArgument, IvrError, NoSuch
from ivr.flow.release import read_files, same_files, why_unusable
from ivr.service.releases.release_ports import short


def check_address(settings: Settings) -> None:
    """`InvalidArgument` where the host and port cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as failed:
            where = f"{settings.host}:{settings.port}"
            raise InvalidArgument(f"{where} cannot be used: {failed.strerror}. Choose another --port.") from failed


def ready_release(settings: Settings) -> str:
    """See that something is live that this version can run; a sentence where the files on disk differ from it.

    `NoSuch` where the live release is gone or cannot be run, `FlowInvalid` where nothing is live and the files have
    errors.
    """
    live = prepare(settings, datetime.now(UTC))
    with opened(settings) as database:
        body = database.releases.body(live)
    if body is None:
        gone = f"the live release {short(live)} is gone from the database"
        raise NoSuch(f"{gone}; `ivr publish` or `ivr rollback` puts one in its place.")
    if reason := why_unusable(body):
        raise NoSuch(f"the live release {short(live)} cannot be run by this version; `ivr publish` first: {reason}")
    try:
        same = same_files(body, read_files(settings.flows))
    except (IvrError, UnicodeDecodeError):
        same = False
    what = f"The files in {settings.flows} are not what is live"
    return "" if same else f"{what}: callers hear release {short(live)} until `ivr publish`."


def serve(settings: Settings, workers: int) -> None:
    """Answer calls until stopped. Granian, one thread a worker: the best tail of those measured (docs/adr/0002).

    Processes that answer calls begin empty. A fork of this one, whose threads use the database too, may begin with a
    lock that nobody will ever release: its callers would wait for ever.
    """
    from granian import Granian
    from granian.constants import Interfaces

    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "webhooks:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        backlog=1024,
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.serve()


def wait_until_ready(settings: Settings) -> str:
    """Wait until calls can be taken; the URL they come to."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else host}:{settings.port}"  # noqa: S104 - compared only
    while True:
        with suppress(OSError), urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - http
            if answer.status == 200:
                return f"http://{host}:{settings.port}"
        time.sleep(0.05)
