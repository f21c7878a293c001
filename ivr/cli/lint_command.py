"""`ivr lint`: everything that is wrong with the flows, at once."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from ivr.cli.shared.command_line import exit_code, options_as
from ivr.cli.shared.echo import echo
from ivr.cli.shared.lint_report import files_named, report
from ivr.flow.parse import parse
from ivr.lint.findings import findings_of
from ivr.lint.own_examples import notes, own_examples
from ivr.lint.rule import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class LintOptions:
    """The argument and options of `ivr lint`."""

    path: str | None
    shape: str
    profile: Profile
    strict: bool
    verbose: bool


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
@click.option("--verbose", is_flag=True, help="Add how the examples of topics.yaml would be heard, each unseen.")
@options_as(LintOptions)
def command(options: LintOptions) -> None:
    """Check the flows in PATH (a folder, or one file of it; IVR_FLOWS when left out).

    Exit code 0: no errors. 1: errors, or warnings with --strict. 2: it could not run.
    """
    gc.disable()  # what a report is made of lives until its end: looking for rubbish takes a third of the time
    files, only = files_named(options.path or os.environ.get("IVR_FLOWS", "flows"))
    today = datetime.now(UTC).date()
    all_found = findings_of(files, options.profile, today)
    findings = [finding for finding in all_found if only is None or finding.file == only]
    for line in report(options.shape, findings, files, 1 if only else len(files)):
        echo(line)
    errors = sum(finding.severity == "error" for finding in findings)
    if options.verbose and options.shape == "text" and not any(each.severity == "error" for each in all_found):
        for note in notes(own_examples(parse(files))):
            echo(note)
    exit_code(1 if errors or (options.strict and findings) else 0)
