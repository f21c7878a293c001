"""`ivr heard`: what callers said that nobody understood, and lines to teach it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import click

from ivr.cli.shared.command_line import local_settings, options_as, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.heard_groups import grouped
from ivr.cli.shared.heard_picked import Picked, print_yaml
from ivr.cli.shared.heard_report import data, lines
from ivr.cli.shared.heard_run import said_in_vain
from ivr.cli.shared.heard_yaml import yaml_lines
from ivr.cli.shared.moments import since
from ivr.errors import InvalidArgument
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.service.ports import CallFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardOptions:
    """The options of `ivr heard`."""

    since: str
    at: str | None
    language: str | None
    simulated: bool
    every: bool
    as_yaml: bool
    as_json: bool


@click.command()
@click.option("--since", default="7d", show_default=True, help="Calls from then on: 7d, 12h, or a time with its zone.")
@click.option("--at", metavar="FLOW.STEP", help="Only at this question, such as main.menu.")
@click.option("--language", metavar="TAG", help="Only of callers who speak this language.")
@click.option("--simulated", is_flag=True, help="Calls of the terminal phone and of fixtures, too.")
@click.option("--all", "every", is_flag=True, help="Groups of a single call, too: they may tell who said it.")
@click.option("--yaml", "as_yaml", is_flag=True, help="Lines to paste into topics.yaml.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@options_as(HeardOptions)
def command(options: HeardOptions) -> None:
    """Show what callers said that was not understood, or was asked about, in groups of what is alike.

    Calls on record are taken again, each on its own release; nothing new is kept, and numbers are hidden. Each group
    has three of its texts, the topic of the flows on disk that is nearest, and what callers did next. What these flows
    understand by now is left out. --yaml prints topics to paste at the end of topics.yaml, what callers chose
    afterwards first: read each line before you keep it. Exit code 0: the report is complete. 2: it could not run.
    """
    if options.as_yaml and options.as_json:
        raise InvalidArgument(Message("heard-command.one-form"))
    settings = local_settings()
    release = compiled(read_files(settings.flows))
    begun = since(options.since, datetime.now(UTC))
    picked = Picked.of(release, options.at, options.language)
    read = said_in_vain(settings, CallFilter(since=begun, simulated=options.simulated))
    found = grouped(release, {said: told for said, told in read.said.items() if picked.has(said)}, every=options.every)
    if options.as_json:
        print_json(data(read, found, begun))
    elif options.as_yaml:
        print_yaml(list(yaml_lines(release, found.groups)))
    else:
        for line in lines(read, found):
            echo(line)
