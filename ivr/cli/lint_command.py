"""`ivr lint`: everything that is wrong with the flows, at once."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.cli.shared.echo import echo
from ivr.errors import Finding, InvalidArgument
from ivr.flow.release import Files, read_files
from ivr.lint.findings import findings_of
from ivr.lint.formats.as_json import as_json
from ivr.lint.formats.github import commands
from ivr.lint.formats.sarif import sarif
from ivr.lint.formats.text import report_lines, total
from ivr.lint.rule import Profile
from ivr.messages.message import Message


@click.command()
@click.argument("path", required=False)
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "github", "sarif"]), default="text",
    help="How findings are shown.",
)  # fmt: skip
@click.option(
    "--profile", type=click.Choice(["draft", "live"]), default="draft",
    help="draft: can the flows be tried? live: may callers hear them?",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_context
def command(ctx: click.Context, path: str | None, shape: str, profile: Profile, strict: bool) -> None:
    """Check the flows in PATH (a folder, or one file of it; IVR_FLOWS when left out).

    Exit code 0: no errors. 1: errors, or warnings with --strict. 2: it could not run.
    """
    gc.disable()  # what a report is made of lives until its end: looking for rubbish takes a third of the time
    files, only = _files(path or os.environ.get("IVR_FLOWS", "flows"))
    today = datetime.now(UTC).date()
    findings = [finding for finding in findings_of(files, profile, today) if only is None or finding.file == only]
    count = 1 if only else len(files)
    for line in _report(shape, findings, files, count):
        echo(line)
    errors = sum(finding.severity == "error" for finding in findings)
    ctx.exit(1 if errors or (strict and findings) else 0)


def _report(shape: str, findings: Sequence[Finding], files: Files, count: int) -> Iterator[str]:
    match shape:
        case "json":
            yield as_json(findings, count)
        case "sarif":
            yield sarif(findings)
        case "github":
            yield from commands(findings)
        case _:
            yield from report_lines(findings, files)
            yield total(findings, count)


def _files(named: str) -> tuple[Files, str | None]:
    """The files of a folder; for one file its whole folder, and the file's name: a flow is only whole among others."""
    path = Path(named)
    if path.is_file():
        return read_files(str(path.parent)), str(path.parent / path.name)
    if not path.exists():
        raise InvalidArgument(Message("lint-command.no-path", path=named))
    return read_files(named), None
