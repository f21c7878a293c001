"""`ivr replay`: play fixtures offline, and take calls on record again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.cli.fixtures import fixture_files
from ivr.cli.replay_fixtures import How, Result, play_fixtures
from ivr.cli.replay_stored import Source, replay_calls, settings_for
from ivr.cli.since import since
from ivr.errors import SettingInvalid
from ivr.replay.stored import ReplayTotals
from ivr.service.ports import CallFilter

WANTS = "Name fixtures, a database or a call; or add --since 7d for the calls on record."
MOST_SHOWN = 10


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--webhooks", is_flag=True, help="Fixtures: through the webhooks and a database too; both must agree.")
@click.option("--update", is_flag=True, help="Fixtures: put right what they expect (hear, ends), in place.")
@click.option("--diff", is_flag=True, help="Fixtures: what was expected beside what was heard.")
@click.option("--since", "begun", default="", help="Calls on record begun since: 7d, 12h, or a time with its zone.")
@click.option("--simulated", is_flag=True, help="Calls on record: those of `ivr call` too.")
@click.option("--twiml", is_flag=True, help="Calls on record: compare the documents too, where they are still kept.")
@click.option("--jobs", default=1, type=click.IntRange(1, 64), help="Processes to spread the work over.")
@click.option("--json", "as_json", is_flag=True, help="Results as JSON.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], webhooks: bool, update: bool, diff: bool, begun: str, simulated: bool,
    twiml: bool, jobs: int, as_json: bool,
) -> None:  # fmt: skip
    """Play the fixtures (*.call.yaml) in PATHS on the flows on disk, or take calls on record again on their own
    release: a PATH may be a folder, a fixture, a database or the id of a call.

    Exit code 0: all came out the same. 1: some did not. 2: it could not run.
    """
    files, databases, calls = _sorted_out(paths)
    if not paths and not begun:
        raise click.UsageError(WANTS)
    wanted = CallFilter(since=since(begun, datetime.now(UTC)), simulated=simulated)
    how = How(webhooks=webhooks, update=update, width=shutil.get_terminal_size().columns - 8 if diff else 0)
    results = list(play_fixtures(files, how, jobs))
    for result in [] if as_json else results:
        _show(result)
    stored = databases or calls or begun or not files
    tally = _stored(databases, calls, wanted, twiml=twiml, jobs=jobs) if stored else None
    _report(results, tally, as_json=as_json)
    failed = any(result.failure for result in results)
    ctx.exit(1 if failed or (tally and (tally.differ or tally.unread)) else 0)


def _sorted_out(paths: Sequence[str]) -> tuple[list[Path], list[str], list[str]]:
    """Fixtures, databases and the ids of calls among the words of the command."""
    files: list[Path] = []
    databases: list[str] = []
    calls: list[str] = []
    for path in paths:
        root = Path(path)
        if "://" in path or (root.is_file() and root.read_bytes()[:15] == b"SQLite format 3"):
            databases.append(path)
        elif root.is_file():
            files.append(root)
        elif root.is_dir():
            found = fixture_files(root)
            if not found:
                raise SettingInvalid(f'there is no fixture (*.call.yaml) at "{path}".')
            files += found
        elif "/" in path or "." in path:
            raise SettingInvalid(f'there is no fixture (*.call.yaml) at "{path}".')
        else:
            calls.append(path)
    return files, databases, calls


def _stored(
    databases: Sequence[str], calls: Sequence[str], wanted: CallFilter, *, twiml: bool, jobs: int
) -> ReplayTotals:
    whole = ReplayTotals()
    for database in databases:
        whole.add(replay_calls(Source(settings=settings_for(database), twiml=twiml, wanted=wanted), jobs))
    if calls or not databases:
        named = CallFilter(calls=tuple(calls), since=wanted.since, simulated=wanted.simulated or bool(calls))
        whole.add(replay_calls(Source(settings=settings_for(""), twiml=twiml, wanted=named), jobs))
    return whole


def _show(result: Result) -> None:
    if result.updated:
        click.echo(f"updated {result.file}  {result.call}")
    elif not result.failure:
        click.echo(f"passed  {result.file}  {result.call}")
    else:
        click.echo(f"failed  {result.failure}")
        for line in result.shown:
            click.echo(f"        {line}")


def _report(results: Sequence[Result], tally: ReplayTotals | None, *, as_json: bool) -> None:
    failed = sum(bool(result.failure) for result in results)
    if as_json:
        calls = [
            {"file": r.file, "call": r.call, "passed": not r.failure, "failure": r.failure, "updated": r.updated}
            for r in results
        ]
        whole = {"calls": calls, "passed": len(results) - failed, "failed": failed}
        click.echo(json.dumps(whole | ({"stored": asdict(tally)} if tally else {}), ensure_ascii=False, indent=2))
        return
    if tally:
        _tell(tally)
    if results:
        click.echo(f"{len(results) - failed} passed, {failed} failed")


def _tell(tally: ReplayTotals) -> None:
    for differs in tally.differ[:MOST_SHOWN]:
        click.echo(f"differs call {differs.call}: turn {differs.turn}")
        for line in differs.told:
            click.echo(f"        {line}")
    for line in tally.unread[:MOST_SHOWN]:
        click.echo(f"unread  {line}")
    hidden = len(tally.differ[MOST_SHOWN:]) + len(tally.unread[MOST_SHOWN:])
    if hidden:
        click.echo(f"        and {hidden} more; --json lists them all")
    same = tally.calls - len(tally.differ)
    told = f"{same} calls came out the same, {len(tally.differ)} differ"
    click.echo(f"{told}; {tally.turns} turns{f', {len(tally.unread)} calls not readable' if tally.unread else ''}")
