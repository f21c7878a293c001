"""`ivr coverage`: what of the flows the fixtures have walked, and what not, with its place."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.cli.shared.command_line import exit_code, options_as
from ivr.cli.shared.coverage_printed import print_coverage, print_with_topics
from ivr.cli.shared.coverage_run import CoverageRun, fixtures_at
from ivr.cli.shared.echo import echo
from ivr.cli.shared.moments import since
from ivr.errors import InvalidArgument
from ivr.explore.coverage_report import Coverage
from ivr.flow.release import read_files
from ivr.messages.message import Message
from ivr.replay.fixture_files import FIXTURES, fixture_files
from ivr.service.ports import CallFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageOptions:
    """The arguments and options of `ivr coverage`."""

    paths: tuple[str, ...]
    shape: str
    fail_under: float | None
    write_missing: str | None
    since: str | None
    simulated: bool


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["text", "json", "html"]), default="text", help="How it is shown.")
@click.option("--fail-under", type=click.FloatRange(0, 100), help="Exit code 1 below so many percent.")
@click.option("--write-missing", type=click.Path(file_okay=False), help="Write a call to each gap into this folder.")
@click.option("--since", metavar="WHEN", help="What callers said of each topic, too, from then on: 7d, 12h, or a time.")
@click.option("--simulated", is_flag=True, help="With --since: calls of the terminal phone and of fixtures, too.")
@options_as(CoverageOptions)
def command(options: CoverageOptions) -> None:
    """Count what the fixtures in PATHS (tests) walk: every exit, re-ask and confirmation, in each language.

    What can be walked at all comes from exploring; what no call can walk is no gap but a finding of `ivr explore`.
    With --since, calls on record are taken again: for each menu that knows topics, how often each was taken at once or
    asked about, which choice callers took then, and which topics nobody spoke of.

    Exit code 0: enough is walked. 1: less than --fail-under, or a fixture fails. 2: it could not run.
    """
    flows = os.environ.get("IVR_FLOWS", "flows")
    if options.simulated and options.since is None:
        raise InvalidArgument(Message("coverage.said.alone"))
    begun = since(options.since, datetime.now(UTC)) if options.since is not None else None
    files, paths = read_files(flows), options.paths or (FIXTURES,)
    if begun and not options.paths and not fixture_files(Path(FIXTURES)):
        paths = ()  # a hotline begins with what its callers say
    run = CoverageRun.of(files, [fixture for path in paths for fixture in fixtures_at(path, flows)])
    written, unwritten = run.write_missing(Path(options.write_missing)) if options.write_missing else ([], 0)
    if unwritten and sys.stderr.isatty():
        echo(Message("coverage.unwritten", gaps=unwritten), err=True)
    if begun is None:
        print_coverage(options.shape, run.coverage, written)
    else:
        print_with_topics(options.shape, run.coverage, written, CallFilter(since=begun, simulated=options.simulated))
    exit_code(_code(run.coverage, options.fail_under))


def _code(coverage: Coverage, fail_under: float | None) -> int:
    low = fail_under is not None and coverage.percent < fail_under
    if low:
        echo(Message("coverage.low", percent=f"{coverage.percent:.1f}%", wanted=f"{fail_under:g}%"), err=True)
    return 1 if low or coverage.failed else 0
