"""`ivr survey`: phone the people of a list, and read what they answered."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ivr.app.database import opened
from ivr.cli.shared.command_line import exit_code
from ivr.cli.shared.echo import echo
from ivr.cli.shared.lead_decides import lead_decides
from ivr.cli.shared.survey_lines import count_lines, print_results, resumed_line, stopped_line, the_survey
from ivr.cli.shared.survey_run import StartOptions, start_survey
from ivr.config import read_settings
from ivr.errors import InvalidArgument
from ivr.messages.message import Message


@click.group()
def command() -> None:
    """Phone the people of a list, and read what they answered."""


@command.command("start")
@click.argument("flow")
@click.option("--to", "file", required=True, type=click.Path(path_type=Path), help="The list: CSV with a column phone.")
@click.option("--dry-run", is_flag=True, help="Say who would be phoned and until when; start nothing.")
@click.option("--simulated", is_flag=True, help="Only the sandbox phones them.")
@click.option("--as", "acts", metavar="NAME", envvar="IVR_STAFF", help="Who acts, a lead; default IVR_STAFF.")
def start(flow: str, file: Path, dry_run: bool, simulated: bool, acts: str | None) -> None:
    """Phone the people of a list in the flow FLOW of the live release."""
    if not start_survey(read_settings(os.environ), StartOptions(flow, file, dry_run, simulated, acts or "")):
        exit_code(1)


@command.command("list")
def list_surveys() -> None:
    """All surveys, the newest first."""
    with opened(read_settings(os.environ)) as database:
        for line in count_lines(database.surveys.everything()):
            echo(line)


@command.command("resume")
@click.argument("survey")
@click.option("--as", "acts", metavar="NAME", envvar="IVR_STAFF", help="Who acts, a lead; default IVR_STAFF.")
def resume(survey: str, acts: str | None) -> None:
    """Phone the people of SURVEY whose start was cut off."""
    with opened(read_settings(os.environ)) as database:
        lead_decides(database, acts, lambda: resumed_line(database.surveys, survey))


@command.command("stop")
@click.argument("survey")
@click.option("--as", "acts", metavar="NAME", envvar="IVR_STAFF", help="Who acts, a lead; default IVR_STAFF.")
def stop(survey: str, acts: str | None) -> None:
    """Phone nobody of SURVEY any more; what was answered stays."""
    with opened(read_settings(os.environ)) as database:
        lead_decides(database, acts, lambda: stopped_line(database.surveys, survey))


@command.command("results")
@click.argument("survey")
@click.option("--csv", "as_csv", is_flag=True, help="A line for each person, for a spreadsheet.")
@click.option("--json", "as_json", is_flag=True, help="The figures as a JSON object.")
def results(survey: str, as_csv: bool, as_json: bool) -> None:
    """What the people of SURVEY answered."""
    if as_csv and as_json:
        raise InvalidArgument(Message("survey.refused.two-forms"))
    with opened(read_settings(os.environ)) as database:
        row = the_survey(database.surveys, survey)
        print_results(row, database.surveys.answers(row.survey), "csv" if as_csv else "json" if as_json else "")
