"""`ivr coverage`: what of the flows the fixtures have walked, and what not, with its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.cli.shared.command_line import exit_code, local_settings, options_as, print_json
from ivr.cli.shared.coverage_run import CoverageRun, fixtures_at
from ivr.cli.shared.echo import echo
from ivr.cli.shared.heard_run import said_of_topics
from ivr.cli.shared.moments import since
from ivr.cli.shared.topics_said_report import by_menu, data, html, lines
from ivr.errors import InvalidArgument
from ivr.explore.coverage_page import page
from ivr.explore.coverage_report import Coverage
from ivr.flow.release import read_files
from ivr.messages.message import Message
from ivr.replay.fixture_files import FIXTURES
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
    files, paths = read_files(flows), options.paths or (FIXTURES,)
    run = CoverageRun.of(files, [fixture for path in paths for fixture in fixtures_at(path, flows)])
    written, unwritten = run.write_missing(Path(options.write_missing)) if options.write_missing else ([], 0)
    if unwritten and sys.stderr.isatty():
        echo(Message("coverage.unwritten", gaps=unwritten), err=True)
    _print(options, run.coverage, written)
    exit_code(_code(run.coverage, options.fail_under))


def _print(options: CoverageOptions, coverage: Coverage, written: Sequence[Path]) -> None:
    read, begun = None, ""
    if options.since is not None:
        begun = since(options.since, datetime.now(UTC))
        read = said_of_topics(local_settings(), CallFilter(since=begun, simulated=options.simulated))
    menus = by_menu(coverage.release, read) if read is not None else []
    match options.shape:
        case "json":
            print_json(coverage.data() | ({"said": data(menus, read, begun)} if read is not None else {}))
        case "html":
            click.echo(page(coverage, html(menus, read) if read is not None else ""))
        case _:
            for line in [*coverage.lines(), *(Message("coverage.written", path=str(path)) for path in written)]:
                echo(line)
            for said in lines(menus, read) if read is not None else ():
                echo(said)


def _code(coverage: Coverage, fail_under: float | None) -> int:
    low = fail_under is not None and coverage.percent < fail_under
    if low:
        echo(Message("coverage.low", percent=f"{coverage.percent:.1f}%", wanted=f"{fail_under:g}%"), err=True)
    return 1 if low or coverage.failed else 0
