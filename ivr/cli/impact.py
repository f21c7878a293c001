"""`ivr impact`: what an edit would do to the calls there have been."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.change.impact.report import data, text
from ivr.cli.impact_calls import Question, impact
from ivr.cli.impact_examples import write_examples
from ivr.cli.sides import bodies, folder_side, side, whole_hash
from ivr.cli.since import since as moment
from ivr.config import read_settings
from ivr.service.ports import CallFilter


@click.command()
@click.option("--since", default="7d", show_default=True, help="Calls from then on: 7d, 12h, or a time with its zone.")
@click.option("--against", help="A folder, or a release by its hash; the files on disk when left out.")
@click.option("--release", default="", help="Only calls that were led by this release.")
@click.option("--simulated", is_flag=True, help="Calls of the terminal phone and of fixtures, too.")
@click.option("--examples", type=click.Path(file_okay=False), help="Write an example of each group here, as a fixture.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; chosen by the number of calls if left out.")
def command(
    since: str, against: str | None, release: str, simulated: bool, examples: str | None, as_json: bool, jobs: int
) -> None:
    """Replay the calls on record, with the facts stored with them, against the draft.

    Tells which calls would be led elsewhere, by which edit, and what of them would not be on record. It never tells
    what callers would do after something new. Exit code 0: it could be told. 2: it could not run.
    """
    settings = read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
    draft = side(against, settings) if against else folder_side(settings.flows)
    if release:
        with bodies(settings) as rows:
            release = whole_hash(rows, release)
    question = Question(
        database_url=settings.database_url,
        wanted=CallFilter(since=moment(since, datetime.now(UTC)), simulated=simulated),
        draft=tuple(sorted(draft.files.items())),
        release=release,
    )
    report = impact(question, jobs)
    if as_json:
        click.echo(json.dumps(data(report), ensure_ascii=False, indent=2))
    else:
        for line in text(report):
            click.echo(line)
    if examples:
        for line in write_examples(Path(examples), settings, question, report):
            click.echo(line, err=True)
