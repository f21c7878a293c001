"""`ivr outgoing`: whom machines phone, why somebody is not phoned, and how a lead stops it."""

from __future__ import annotations

from collections.abc import Callable

import click

from ivr.app.database import Database, opened
from ivr.call.phone import E164
from ivr.cli.shared.case_lines import echo_line
from ivr.cli.shared.command_line import local_settings, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.lead_decides import lead_decides
from ivr.cli.shared.outgoing_lines import follow_up_line
from ivr.errors import InvalidArgument
from ivr.messages.message import Message
from ivr.service.outgoing.by_staff import block, switch, unblock
from ivr.service.outgoing.outgoing_report import OutgoingReports

ACTS = click.option("--as", "acts", metavar="NAME", envvar="IVR_STAFF", help="Who acts; default IVR_STAFF.")
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def command() -> None:
    """See whom machines phone and why not, and stop them."""


@command.command("list")
@JSON
def list_follow_ups(as_json: bool) -> None:
    """Everybody who is to be phoned, and why they are not phoned now."""
    with opened(local_settings()) as database:
        reports = _reports(database)
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
    wanted = _number(number)
    with opened(local_settings()) as database:
        found = _reports(database).why(wanted)
    if as_json:
        print_json({"number": wanted, **found.report()})
    else:
        echo(found.said)


@command.command("stop")
@ACTS
def stop(acts: str | None) -> None:
    """Switch calls off, at once on every machine. Those that ring go on."""
    _decided(acts, lambda database: _switched(database, on=False))


@command.command("go")
@ACTS
def go(acts: str | None) -> None:
    """Switch calls on. They also need IVR_OUTGOING=yes."""
    _decided(acts, lambda database: _switched(database, on=True))


@command.command("block")
@click.argument("number")
@ACTS
def block_number(number: str, acts: str | None) -> None:
    """Let no machine phone NUMBER."""
    wanted = _number(number)

    def work(database: Database) -> Message:
        done = block(database.ports, wanted, acts or "")
        return Message("outgoing.done.blocked" if done else "outgoing.done.blocked-before", number=wanted)

    _decided(acts, work)


@command.command("unblock")
@click.argument("number")
@ACTS
def unblock_number(number: str, acts: str | None) -> None:
    """Let machines phone NUMBER again."""
    wanted = _number(number)

    def work(database: Database) -> Message:
        done = unblock(database.ports, wanted)
        return Message("outgoing.done.unblocked" if done else "outgoing.done.not-blocked", number=wanted)

    _decided(acts, work)


def _decided(acts: str | None, work: Callable[[Database], Message]) -> None:
    with opened(local_settings()) as database:
        lead_decides(database, acts, lambda: work(database))


def _switched(database: Database, *, on: bool) -> Message:
    switch(database.ports, on=on)
    return Message("outgoing.list.switched-on" if on else "outgoing.list.switched-off")


def _reports(database: Database) -> OutgoingReports:
    settings = local_settings()
    return OutgoingReports(database.ports, allowed=settings.outgoing, sandbox=settings.sandbox)


def _number(text: str) -> str:
    """A number in E.164. `InvalidArgument` for anything else."""
    found = text.strip()
    if not E164.fullmatch(found):
        raise InvalidArgument(Message("outgoing.no-e164", number=text))
    return found
