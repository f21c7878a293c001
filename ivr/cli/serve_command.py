"""`ivr serve`: the hotline under a production WSGI server."""

from __future__ import annotations

import signal
import threading

import click

from ivr.app.database import opened
from ivr.app.logs.setup import log_of_processes, log_to_stderr
from ivr.app.outgoing import settle_whose
from ivr.app.serving.start import listen, ready_release, serve, wait_until_ready
from ivr.app.watch import Watch
from ivr.app.wiring import system_clock
from ivr.cli.shared.beside import beside
from ivr.cli.shared.command_line import options_as
from ivr.cli.shared.echo import complain, complain_of, echo
from ivr.cli.shared.serve_settings import ServeOptions, processes_of, serve_settings
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.messages.message import Message


@click.command()
@click.option("--host", help="Listen here instead of IVR_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen here instead of IVR_PORT.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that take calls, instead of IVR_WORKERS.")
@click.option("--sandbox", is_flag=True, help="Loopback only, without an account: with a token and carrier of its own.")
@click.option("--watch", is_flag=True, help="Serve the files as they are saved, to new calls (sandbox).")
@click.option("--worker/--no-worker", default=True, help="Also do the work of `ivr worker` (the default).")
@click.option("--console/--no-console", default=True, help="Also answer the API of cases (the default).")
@click.option("--play", type=click.Path(exists=True, dir_okay=False), help="Play this call, on a database apart.")
@options_as(ServeOptions)
def command(options: ServeOptions) -> None:
    """Answer calls until stopped. Prints `ready URL` when calls can be taken. SIGTERM lets calls' requests finish and
    ends; SIGHUP replaces all processes, the new ones answering before the old ones end.

    At the first start the flows on disk become the live release; from then on `ivr publish` changes what is live.
    """
    settings = serve_settings(options)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # while it starts there is nothing to be replaced
    with listen(settings) as listening:
        running = threading.Event()
        _start(settings, options, running)
        serve(listening, processes_of(settings, options), log_of_processes, running.set)


def _start(settings: Settings, options: ServeOptions, running: threading.Event) -> None:
    """See that calls can be taken, and begin what goes on beside them. `running` is set once all processes run."""
    watch = Watch(settings, system_clock, echo, complain) if options.watch else None
    if watch is not None:
        watch.start()
    elif differs := ready_release(settings):
        complain(differs)
    settle_whose(settings)
    if not settings.last_resort:
        complain(Message("serve-command.no-last-resort"))
    log_to_stderr(settings.log)
    beside(lambda: _when_ready(settings, options.play, running))
    if watch is not None:
        beside(watch.for_ever)


def _when_ready(settings: Settings, play: str | None, running: threading.Event) -> None:
    running.wait()
    echo(f"ready {wait_until_ready(settings)}")
    if play:
        try:
            from ivr.simulate.demonstration import demonstration

            with opened(settings) as database:
                release = database.ports.release(database.releases.live() or "")
                for line in demonstration(settings, play, database.reports().of_call, release):
                    echo(line)
        except IvrError as failed:
            complain_of(failed)
