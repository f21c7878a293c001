"""`ivr replay`: play fixtures offline, and take calls on record again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from ivr.cli.shared.command_line import exit_code, options_as
from ivr.cli.shared.fixture_runs import PlayedHow, play_fixtures
from ivr.cli.shared.moments import since
from ivr.cli.shared.replay_report import show_played, show_totals
from ivr.cli.shared.stored_calls import ReplayTargets, replay_targets
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.service.ports import CallFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOptions:
    """The arguments and options of `ivr replay`."""

    paths: tuple[str, ...]
    webhooks: bool
    update: bool
    diff: bool
    begun: str
    simulated: bool
    twiml: bool
    jobs: int
    as_json: bool


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
@options_as(ReplayOptions)
def command(options: ReplayOptions) -> None:
    """Play the fixtures (*.call.yaml) in PATHS on the flows on disk, or replay calls on record on their own
    release: a PATH may be a folder, a fixture, a database or the id of a call.

    Exit code 0: all came out the same. 1: some did not. 2: it could not run.
    """
    targets = ReplayTargets.of(options.paths)
    if not options.paths and not options.begun:
        raise click.UsageError(shown(Message("replay-command.names-nothing")))
    wanted = CallFilter(since=since(options.begun, datetime.now(UTC)), simulated=options.simulated)
    width = shutil.get_terminal_size().columns - 8 if options.diff else 0
    how = PlayedHow(webhooks=options.webhooks, update=options.update, width=width)
    results = list(play_fixtures(targets.fixtures, how, options.jobs))
    for result in [] if options.as_json else results:
        show_played(result)
    stored = targets.databases or targets.calls or options.begun or not targets.fixtures
    totals = replay_targets(targets, wanted, twiml=options.twiml, jobs=options.jobs) if stored else None
    show_totals(results, totals, as_json=options.as_json)
    failed = any(result.failure for result in results)
    exit_code(1 if failed or (totals and (totals.differ or totals.unread)) else 0)
