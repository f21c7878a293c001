"""`ivr outgoing`: whom machines phone, why somebody is not phoned, and how a lead stops it."""

from __future__ import annotations

import click

from ivr.app.database import opened
from ivr.cli.shared.case_lines import echo_line
from ivr.cli.shared.command_line import local_settings, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.outgoing_decisions import add_decisions
from ivr.cli.shared.outgoing_lines import follow_up_line, number_typed, reports_of
from ivr.messages.message import Message

JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def command() -> None:
    """See whom machines phone and why not, and stop them."""


@command.command("list")
@JSON
def list_follow_ups(as_json: bool) -> None:
    """Everybody who is to be phoned, and why they are not phoned now."""
    with opened(local_settings()) as database:
        reports = reports_of(database)
        on, found = reports.switched(), reports.listed()
    if as_json:
        print_json({"switched_on": on, "follow_ups": found})
        return
    echo(Message("outgoing.list.switched-on" if on else "outgoing.list.switched-off"))
    for each in found:
        echo_line(follow_up_line(each))
    if not found:
        echo(Message("outgoing.list.none"))


@command.command("why")
@click.argument("number")
@JSON
def why(number: str, as_json: bool) -> None:
    """Why NUMBER is not phoned now, in a sentence."""
    wanted = number_typed(number)
    with opened(local_settings()) as database:
        found = reports_of(database).why(wanted)
    if as_json:
        print_json({"number": wanted, **found.report()})
    else:
        echo(found.said)


add_decisions(command)
