"""`ivr cases due` and `ivr cases history`."""

from __future__ import annotations

import os

import click

from ivr.app.database import opened
from ivr.case.event_sentences import event_lines
from ivr.cli.shared.case_lines import echo_line, tell_damaged
from ivr.cli.shared.case_list import case_number_of, not_empty
from ivr.cli.shared.case_owner import check_owner
from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.due_lists import DueOptions, due_lines, due_now
from ivr.config import read_settings


@click.command("due")
@click.option("--owner", help="Only cases this person has taken.")
@click.option("--team", help="Only cases of this team.")
@click.option("--limit", default=20, type=click.IntRange(1, 1000), show_default=True, help="At most so many of each.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object of lists.")
def due(owner: str | None, team: str | None, limit: int, as_json: bool) -> None:
    """What has to be done: overdue, due today, due soon, without an owner, waiting for the customer."""
    for name, value in (("owner", owner), ("team", team)):
        not_empty(name, value)
    with opened(read_settings(os.environ)) as database:
        check_owner(database.people, owner or "", team or "")
        reports = database.reports()
        found = due_now(reports, DueOptions(owner or "", team or "", limit))
    tell_damaged(reports)
    if as_json:
        print_json(found)
        return
    for line in due_lines(found, limit):
        echo_line(line)


@click.command("history")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
def history(number: str, as_json: bool) -> None:
    """What happened to the case NUMBER, and who did it."""
    wanted = case_number_of(number)
    with opened(read_settings(os.environ)) as database:
        events = database.reports().one(wanted)["events"]
    if as_json:
        print_json(events)
        return
    for line in event_lines(events):
        echo_line(line)


def add_views(group: click.Group) -> None:
    """Add both to `ivr cases`."""
    group.add_command(due)
    group.add_command(history)
