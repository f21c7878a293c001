"""`ivr fuzz`: random callers on the flows on disk, every call checked; or realistic days for demonstrations."""

from __future__ import annotations

from dataclasses import dataclass

import click

from ivr.cli.shared.command_line import exit_code, options_as
from ivr.cli.shared.echo import echo
from ivr.errors import InvalidArgument
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzOptions:
    """The options of `ivr fuzz`."""

    calls: int
    seed: int
    flow: str
    jobs: int
    url: str | None
    out: str
    fill: str | None
    calls_a_day: int


@click.command()
@click.option("--calls", default=500, show_default=True, type=click.IntRange(1), help="How many calls.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same calls.")
@click.option("--flow", default="", help="Enter the hotline at this flow.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that lead calls.")
@click.option("--url", help="Phone a sandbox that runs on this machine, such as http://127.0.0.1:8000.")
@click.option("--out", default="fuzz-failures", show_default=True, help="The folder for calls that failed.")
@click.option("--fill", help="Fill IVR_DATABASE_URL with this many days of calls up to now, such as 30d.")
@click.option("--calls-a-day", default=300, show_default=True, type=click.IntRange(1), help="With --fill: on average.")
@options_as(FuzzOptions)
def command(options: FuzzOptions) -> None:
    """Let random callers phone the hotline through its webhooks, and compare what they were told with the database.

    Exit code 0: every invariant holds. 1: some do not; the smallest such calls are saved. 2: it could not run.
    """
    if options.fill is not None:
        from ivr.cli.shared.fill_run import fill_database

        if options.flow or options.url:
            raise InvalidArgument(Message("fuzz-command.fill-alone"))
        echo(fill_database(options.fill, options.calls_a_day, options.seed))
        return
    from ivr.cli.shared.fuzz_run import FuzzRequest, fuzz

    request = FuzzRequest(options.calls, options.seed, options.flow, options.jobs, options.url)
    lines, passed = fuzz(request, options.out)
    for line in lines:
        echo(line)
    exit_code(0 if passed else 1)
