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

from ivr.app import prepare, wire
from ivr.config import LOOPBACK, Settings, read_settings
from ivr.errors import FlowInvalid, IvrError, SettingInvalid
from ivr.service.close_calls import sweep

SWEEP_SECONDS = 60


@click.command()
@click.option("--host", help="Listen here instead of IVR_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen here instead of IVR_PORT.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that take calls.")
@click.option("--sandbox", is_flag=True, help="Loopback only, without an account: with a token and carrier of its own.")
@click.option("--play", type=click.Path(exists=True, dir_okay=False), help="Phone in once with this fixture (sandbox).")
def command(host: str | None, port: int | None, workers: int, sandbox: bool, play: str | None) -> None:
    """Answer calls until stopped. Prints `ready URL` when calls can be taken; SIGTERM drains."""
    if host:
        os.environ["IVR_HOST"] = host
    if port:
        os.environ["IVR_PORT"] = str(port)
    if sandbox:
        _sandbox_token()
    settings = read_settings(os.environ)
    _check(settings, sandbox, play)
    _prepare(settings)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    threading.Thread(target=_when_ready, args=(settings, play), daemon=True).start()
    threading.Thread(target=_sweep_for_ever, args=(settings,), daemon=True).start()
    _run(settings, workers)


def _sandbox_token() -> None:
    """A token nobody knows, unless the environment gives one; workers inherit it."""
    os.environ.setdefault("TWILIO_AUTH_TOKEN", secrets.token_hex(16))


def _check(settings: Settings, sandbox: bool, play: str | None) -> None:
    if sandbox and settings.host not in LOOPBACK:
        raise SettingInvalid(f"--sandbox serves this machine only, not {settings.host}; leave out --host.")
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
    try:
        prepare(settings, datetime.now(UTC))
    except FlowInvalid as invalid:
        if wire(settings).ports.store.live_release() is None:
            raise
        for finding in invalid.findings:
            click.echo(str(finding), err=True)
        click.echo("The flows on disk have errors; calls go on with the release that is live.", err=True)
    if not settings.last_resort:
        click.echo("IVR_LAST_RESORT is not set: when something fails, callers hear an apology and goodbye.", err=True)


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
