"""`ivr serve`: the hotline under a production WSGI server."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import click

from ivr.app.database import release_rows
from ivr.app.preparing import prepare
from ivr.app.wiring import system_clock, wire
from ivr.cli.watch import Watch
from ivr.config import LOOPBACK, Settings, read_settings
from ivr.errors import IvrError, NoSuch, SettingInvalid
from ivr.flow.release import body_of, hash_of, read_files, why_unusable
from ivr.service.calls.close import sweep
from ivr.service.releases.release_ports import short

SWEEP_SECONDS = 60


@click.command()
@click.option("--host", help="Listen here instead of IVR_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen here instead of IVR_PORT.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that take calls.")
@click.option("--sandbox", is_flag=True, help="Loopback only, without an account: with a token and carrier of its own.")
@click.option("--watch", is_flag=True, help="Serve the files as they are saved, to new calls (sandbox).")
@click.option("--play", type=click.Path(exists=True, dir_okay=False), help="Phone in once with this fixture (sandbox).")
def command(
    host: str | None, port: int | None, workers: int, sandbox: bool, watch: bool, play: str | None
) -> None:  # fmt: skip
    """Answer calls until stopped. Prints `ready URL` when calls can be taken; SIGTERM drains.

    At the first start the flows on disk become the live release; from then on `ivr publish` changes what is live.
    """
    if host:
        os.environ["IVR_HOST"] = host
    if port:
        os.environ["IVR_PORT"] = str(port)
    if sandbox:
        _sandbox_token()
    os.environ["IVR_DRAFT"] = "yes" if watch else "no"  # workers inherit it
    settings = read_settings(os.environ)
    _check(settings, sandbox=sandbox, watch=watch, play=play)
    watching = _watched(settings) if watch else None
    if watching is None:
        _prepare(settings)
    if not settings.last_resort:
        click.echo("IVR_LAST_RESORT is not set: when something fails, callers hear an apology and goodbye.", err=True)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    threading.Thread(target=_when_ready, args=(settings, play), daemon=True).start()
    threading.Thread(target=_sweep_for_ever, args=(settings,), daemon=True).start()
    if watching is not None:
        threading.Thread(target=watching.for_ever, daemon=True).start()
    _run(settings, workers)


def _sandbox_token() -> None:
    """A token nobody knows, unless the environment gives one; workers inherit it."""
    os.environ.setdefault("TWILIO_AUTH_TOKEN", secrets.token_hex(16))


def _check(settings: Settings, *, sandbox: bool, watch: bool, play: str | None) -> None:
    if sandbox and settings.host not in LOOPBACK:
        raise SettingInvalid(f"--sandbox serves this machine only, not {settings.host}; leave out --host.")
    if watch and not sandbox:
        raise SettingInvalid("--watch serves drafts, which customers must not hear; add --sandbox, or `ivr publish`.")
    if play and not sandbox:
        raise SettingInvalid("--play phones a sandbox only; add --sandbox.")
    if not settings.tokens:
        raise SettingInvalid("TWILIO_AUTH_TOKEN is missing: without it nobody could check who calls. Or use --sandbox.")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as failed:
            where = f"{settings.host}:{settings.port}"
            raise SettingInvalid(f"{where} cannot be used: {failed.strerror}. Choose another --port.") from failed


def _prepare(settings: Settings) -> None:
    """Something must be live that this version can run; what lies on disk is only compared with it."""
    live = prepare(settings, datetime.now(UTC))
    with release_rows(settings) as rows:
        body = rows.body(live)
    if body is None:
        gone = f"the live release {short(live)} is gone from the database"
        raise NoSuch(f"{gone}; `ivr publish` or `ivr rollback` puts one in its place.")
    if reason := why_unusable(body):
        raise NoSuch(f"the live release {short(live)} cannot be run by this version; `ivr publish` first: {reason}")
    try:
        same = hash_of(body_of(read_files(settings.flows))) == live
    except (IvrError, UnicodeDecodeError):
        same = False
    if not same:
        what = f"The files in {settings.flows} are not what is live"
        click.echo(f"{what}: callers hear release {short(live)} until `ivr publish`.", err=True)


def _watched(settings: Settings) -> Watch:
    """The watch of the folder, its first draft served."""
    watch = Watch(settings, system_clock, _say, lambda line: click.echo(line, err=True))
    watch.start()
    return watch


def _run(settings: Settings, workers: int) -> None:
    """Granian, two workers with one thread each: the best tail of those measured (docs/adr/0002)."""
    from granian import Granian
    from granian.constants import Interfaces

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


def _when_ready(settings: Settings, play: str | None) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else host}:{settings.port}"  # noqa: S104 - compared only
    while True:
        with suppress(OSError), urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - http
            if answer.status == 200:
                break
        time.sleep(0.05)
    _say(f"ready http://{host}:{settings.port}")
    if play:
        from ivr.cli.demonstration import demonstrate

        _guarded(lambda: demonstrate(settings, play, _say))


def _sweep_for_ever(settings: Settings) -> None:
    ports = wire(settings).ports
    while True:
        time.sleep(SWEEP_SECONDS)
        _guarded(lambda: sweep(ports))


def _guarded(job: Callable[[], object]) -> None:
    try:
        job()
    except IvrError as failed:
        click.echo(f"ivr: {failed}", err=True)


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
