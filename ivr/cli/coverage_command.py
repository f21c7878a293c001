"""`ivr coverage`: what of the flows the fixtures have walked, and what not, with its place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.coverage_run import CoverageRun, fixtures_at
from ivr.cli.shared.echo import echo
from ivr.explore.coverage_page import page
from ivr.flow.release import read_files
from ivr.messages.message import Message
from ivr.replay.fixture_files import FIXTURES


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["text", "json", "html"]), default="text", help="How it is shown.")
@click.option("--fail-under", type=click.FloatRange(0, 100), help="Exit code 1 below so many percent.")
@click.option("--write-missing", type=click.Path(file_okay=False), help="Write a call to each gap into this folder.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], shape: str, fail_under: float | None, write_missing: str | None
) -> None:
    """Count what the fixtures in PATHS (tests) walk: every exit, re-ask and confirmation, in each language.

    What can be walked at all comes from exploring; what no call can walk is no gap but a finding of `ivr explore`.
    Exit code 0: enough is walked. 1: less than --fail-under, or a fixture fails. 2: it could not run.
    """
    flows = os.environ.get("IVR_FLOWS", "flows")
    files = read_files(flows)
    run = CoverageRun.of(files, [fixture for path in paths or (FIXTURES,) for fixture in fixtures_at(path, flows)])
    coverage = run.coverage
    written, unwritten = run.write_missing(Path(write_missing)) if write_missing else ([], 0)
    if unwritten and sys.stderr.isatty():
        echo(Message("coverage.unwritten", gaps=unwritten), err=True)
    match shape:
        case "json":
            print_json(coverage.data())
        case "html":
            click.echo(page(coverage))
        case _:
            for line in [*coverage.lines(), *(Message("coverage.written", path=str(path)) for path in written)]:
                echo(line)
    low = fail_under is not None and coverage.percent < fail_under
    if low:
        echo(Message("coverage.low", percent=f"{coverage.percent:.1f}%", wanted=f"{fail_under:g}%"), err=True)
    ctx.exit(1 if low or coverage.failed else 0)
