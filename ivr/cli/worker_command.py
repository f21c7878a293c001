"""`ivr worker`: what is to be done without a call."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

import click

from ivr.app.database import check_current
from ivr.app.logs.setup import log_complaint, log_to_stderr
from ivr.app.metrics.port import open_metrics_port
from ivr.app.outgoing import exchange_for
from ivr.app.working import work_for_ever, worker_of
from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.echo import complain, echo
from ivr.cli.shared.moments import since
from ivr.errors import InvalidArgument, NoSuch
from ivr.messages.message import Message


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--at", help="With --once, to try things: as if it were this time, such as 2026-03-02T22:10+08:00.")
@click.option(
    "--retry", type=int, help="Let the dead piece of work with this id be due again; `ivr db check` lists it."
)
def command(once: bool, at: str | None, retry: int | None) -> None:
    """Do the work that needs no call, such as ending calls whose line is dead, until stopped.

    `ivr serve` does it too, so this is for more machines, or for a process apart. Exit code 0: done, or stopped by
    SIGTERM. 2: it could not run.
    """
    if at is not None and not once:
        raise InvalidArgument(Message("worker-command.at-alone"))
    settings = local_settings()
    check_current(settings)
    by_hand = once or retry is not None
    told = complain if by_hand else log_complaint
    clock = _clock(at)
    dialler = exchange_for(settings, clock()) if clock else None
    with closing(worker_of(settings, told, clock, dialler)) as worker:
        if retry is not None:
            if not worker.revive(retry):
                raise NoSuch(Message("worker-command.none-dead", id=retry))
            echo(Message("worker-command.due", id=retry))
        elif once:
            worker.keep_repeated()
            echo(Message("worker-command.done", count=worker.all_due()))
        else:
            log_to_stderr(settings.log)
            open_metrics_port(settings)
            stop = threading.Event()
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
            echo(Message("worker-command.working"))
            work_for_ever(worker, told, stop)


def _clock(at: str | None) -> Callable[[], datetime] | None:
    """None where no time is given. One that is empty is none either, but was meant to be: at the machine's time real
    people would be phoned."""
    if at is None:
        return None
    if not at.strip():
        raise InvalidArgument(Message("moments.no-time", option="--at", text=at))
    moment = datetime.fromisoformat(since(at, datetime.now(UTC), "--at"))
    return lambda: moment
