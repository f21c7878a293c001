"""What `ivr replay` prints: a line for each fixture, the calls on record that differ, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.fixture_runs import PlayedFile
from ivr.replay.outcome_lines import update_hint
from ivr.replay.stored import ReplayTotals

MOST_SHOWN = 10


def show_played(result: PlayedFile) -> None:
    if result.updated:
        click.echo(f"updated {result.file}  {result.call}")
    elif not result.failure:
        click.echo(f"passed  {result.file}  {result.call}")
    else:
        click.echo(f"failed  {result.failure}")
        for line in result.shown:
            click.echo(f"        {line}")


def show_totals(results: Sequence[PlayedFile], tally: ReplayTotals | None, *, as_json: bool) -> None:
    failed = sum(bool(result.failure) for result in results)
    if as_json:
        calls = [
            {"file": r.file, "call": r.call, "passed": not r.failure, "failure": r.failure, "updated": r.updated}
            for r in results
        ]
        whole = {"calls": calls, "passed": len(results) - failed, "failed": failed}
        print_json(whole | ({"stored": asdict(tally)} if tally else {}))
        return
    if tally:
        _show_stored(tally)
    reworded = [result.file for result in results if result.reworded]
    if reworded:
        click.echo(update_hint(reworded[0] if len(reworded) == 1 else "FOLDER"))
    if results:
        click.echo(f"{len(results) - failed} passed, {failed} failed")


def _show_stored(tally: ReplayTotals) -> None:
    for differs in tally.differ[:MOST_SHOWN]:
        click.echo(f"differs call {differs.call}: turn {differs.turn}")
        for line in differs.lines:
            click.echo(f"        {line}")
    for line in tally.unread[:MOST_SHOWN]:
        click.echo(f"unread  {line}")
    hidden = len(tally.differ[MOST_SHOWN:]) + len(tally.unread[MOST_SHOWN:])
    if hidden:
        click.echo(f"        and {hidden} more; --json lists them all")
    same = tally.calls - len(tally.differ)
    said = f"{same} call{'' if same == 1 else 's'} with the same result, {len(tally.differ)} differ"
    click.echo(f"{said}; {tally.turns} turns{f', {len(tally.unread)} calls not readable' if tally.unread else ''}")
