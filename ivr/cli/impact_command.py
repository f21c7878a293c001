"""`ivr impact`: what an edit does to the calls on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.app.database import opened
from ivr.change.impact.report import data, text
from ivr.cli.shared.command_line import local_settings, options_as, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.impact_examples import write_examples
from ivr.cli.shared.impact_run import ImpactRequest, impact
from ivr.cli.shared.moments import since
from ivr.cli.shared.revision import folder_revision, revision, whole_hash
from ivr.service.ports import CallFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactOptions:
    """The options of `ivr impact`."""

    since: str
    against: str | None
    release: str
    simulated: bool
    examples: str | None
    as_json: bool
    jobs: int | None


@click.command()
@click.option("--since", default="7d", show_default=True, help="Calls from then on: 7d, 12h, or a time with its zone.")
@click.option("--against", help="A folder, or a release by its hash; the files on disk when left out.")
@click.option("--release", default="", help="Only calls of this release.")
@click.option("--simulated", is_flag=True, help="Calls of the terminal phone and of fixtures, too.")
@click.option("--examples", type=click.Path(file_okay=False), help="Write an example of each group here, as a fixture.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; default: by the number of calls.")
@options_as(ImpactOptions)
def command(options: ImpactOptions) -> None:
    """Replay the calls on record, with the facts stored with them, against the draft.

    Reports which calls are diverted, by which edit, and which cases are not on record then. What callers would do
    after that is unknown. Exit code 0: the report is complete. 2: it could not run.
    """
    settings = local_settings()
    draft = revision(options.against, settings) if options.against else folder_revision(settings.flows)
    wanted = CallFilter(since=since(options.since, datetime.now(UTC)), simulated=options.simulated)
    with opened(settings) as database:
        release = whole_hash(database.bodies, options.release) if options.release else ""
    report = impact(ImpactRequest.of(settings, draft.files, wanted, release), options.jobs or 0)
    if options.as_json:
        print_json(data(report))
    else:
        for line in text(report):
            echo(line)
    if options.examples:
        with opened(settings) as database:
            for line in write_examples(Path(options.examples), database, report):
                echo(line, err=True)
