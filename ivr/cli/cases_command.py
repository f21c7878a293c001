"""`ivr cases`: what callers have left."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from ivr.app.database import opened
from ivr.call.case_kinds import CASE_KINDS
from ivr.case.case import STATUSES
from ivr.cli.shared.call_dialogue import call_lines
from ivr.cli.shared.case_lines import echo_line, tell_damaged
from ivr.cli.shared.case_list import ListOptions, case_filter, case_lines, case_number_of
from ivr.cli.shared.case_owner import check_owner
from ivr.cli.shared.case_page import page_lines
from ivr.cli.shared.case_views import add_views
from ivr.cli.shared.command_line import options_as, print_json
from ivr.cli.shared.move_commands import add_move_commands
from ivr.cli.shared.outgoing_lines import with_calls
from ivr.config import read_settings


@click.group()
def command() -> None:
    """List cases, show one, or move one."""


@command.command("list")
@click.option("--kind", type=click.Choice(CASE_KINDS), metavar="KIND", help="Cases of one kind.")
@click.option("--status", metavar="STATUS,...", help=f"In one of these: {', '.join(STATUSES)}.")
@click.option("--open", "open_only", is_flag=True, help="Cases that have not ended.")
@click.option("--owner", help="Cases this person has taken; none: those nobody has.")
@click.option("--team", help="Cases of this team.")
@click.option("--risk", type=click.IntRange(1, 100), help="Open cases of at least this risk; the riskiest first.")
@click.option("--customer", metavar="NUMBER", help="Cases of this caller: the whole number, as +862155500123.")
@click.option("--since", "begun", help="Opened since: 30m, 12h, 7d, 2w, or a time with its zone.")
@click.option("--due-before", metavar="DATE", help="Open cases due before this day; the first due first.")
@click.option(
    "--overdue", "--late", "overdue", is_flag=True, help="Open cases whose deadline has passed; the first due first."
)
@click.option("--simulated/--real", default=None, help="Only cases of `ivr call`, or only of customers.")
@click.option("--after", metavar="CASE", help="The next page: the cases after this one in the same list.")
@click.option(
    "--limit", default=1000, type=click.IntRange(1, 1_000_000), show_default=True, help="List no more than these."
)
@click.option("--json", "as_json", is_flag=True, help="All of each case, as a JSON array.")
@options_as(ListOptions)
def list_cases(options: ListOptions) -> None:
    """The cases on record, newest first."""
    wanted = case_filter(options, datetime.now(UTC))
    with opened(read_settings(os.environ)) as database:
        check_owner(database.people, wanted.owner, wanted.team)
        found = (reports := database.reports()).page(wanted)
    tell_damaged(reports)
    if options.as_json:
        print_json(found)
        return
    for line in case_lines(found, options):
        echo_line(line)


@command.command("show")
@click.argument("number")
@click.option("--call", "with_call", is_flag=True, help="Also what was said and keyed in the call.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def show(number: str, with_call: bool, as_json: bool) -> None:
    """Everything about the case NUMBER, on one page."""
    with opened(read_settings(os.environ)) as database:
        case = with_calls(database, case_number_of(number))
        dialogue = call_lines(database, case["call"]) if with_call else []
    if as_json:
        print_json({**case, "dialogue": dialogue} if with_call else case)
    else:
        click.echo("\n".join(page_lines(case, dialogue)))


add_views(command)
add_move_commands(command)
