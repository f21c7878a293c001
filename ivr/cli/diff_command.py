"""`ivr diff`: what changed between two releases, in words."""

from __future__ import annotations

from dataclasses import asdict

import click

from ivr.change.diff.compare import difference
from ivr.change.diff.diff_lines import diff_lines
from ivr.cli.shared.command_line import local_settings, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.fixture_outcomes import fixtures_to_compare, outcome_changes
from ivr.cli.shared.revision import folder_revision, live_revision, revision
from ivr.flow.model import StepKey
from ivr.replay.fixture_files import FIXTURES
from ivr.replay.outcome_lines import folded, outcome_lines, words_line


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--fixtures", type=click.Path(), help=f"The calls to play; {FIXTURES} when left out, if it is there.")
@click.option("--json", "as_json", is_flag=True, help="The changes as JSON.")
@click.pass_context
def command(ctx: click.Context, a: str | None, b: str | None, fixtures: str | None, as_json: bool) -> None:
    """Print in words what changed from A to B, and which fixtures have a different result.

    A and B are folders, or releases by the start of their hash. Without B it is the files on disk; without both, A is
    the live release. Exit code 0: nothing changed. 1: something did. 2: they could not be compared.
    """
    settings = local_settings()
    before = revision(a, settings) if a else live_revision(settings)
    after = revision(b, settings) if b else folder_revision(settings.flows)
    changed = difference(before.parsed, after.parsed)
    changes = changed.changes
    calls = fixtures_to_compare(fixtures)
    outcomes = outcome_changes(before, after, calls, changed)
    if as_json:
        whole = {
            "before": before.name,
            "after": after.name,
            "changes": [change.row() for change in changes],
            "fixtures": {"played": len(calls), "changed": [asdict(outcome) for outcome in outcomes]},
        }
        print_json(whole)
    else:
        causes = {StepKey(change.flow, change.step) for change in changes}
        words = folded([outcome for outcome in outcomes if outcome.words], causes)
        told = {at: words_line(those) for at, those in words.items() if at in causes}
        lines = outcome_lines(outcomes, len(calls), fixtures or FIXTURES, causes)
        for line in (*diff_lines(before.name, after.name, changes, told), *lines):
            echo(line)
    ctx.exit(1 if changes or outcomes else 0)
