"""What a lead decides of calls to customers, as commands: all of them, or a number."""

from __future__ import annotations

from collections.abc import Callable

import click

from ivr.app.database import Database, opened
from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.lead_decides import lead_decides
from ivr.cli.shared.outgoing_lines import number_typed
from ivr.messages.message import Message
from ivr.service.outgoing.by_staff import block, switch, unblock

ACTS = click.option("--as", "acts", metavar="NAME", envvar="IVR_STAFF", help="Who acts; default IVR_STAFF.")


def add_decisions(group: click.Group) -> None:
    """Add the commands to `ivr outgoing`."""
    for command in (stop, go, block_number, unblock_number):
        group.add_command(command)


@click.command("stop")
@ACTS
def stop(acts: str | None) -> None:
    """Switch calls off, at once on every machine. Those that ring go on."""
    _decided(acts, lambda database: _switched(database, on=False))


@click.command("go")
@ACTS
def go(acts: str | None) -> None:
    """Switch calls on. They also need IVR_OUTGOING=yes."""
    _decided(acts, lambda database: _switched(database, on=True))


@click.command("block")
@click.argument("number")
@ACTS
def block_number(number: str, acts: str | None) -> None:
    """Let no machine phone NUMBER."""
    wanted = number_typed(number)

    def work(database: Database) -> Message:
        done = block(database.ports, wanted, acts or "")
        return Message("outgoing.done.blocked" if done else "outgoing.done.blocked-before", number=wanted)

    _decided(acts, work)


@click.command("unblock")
@click.argument("number")
@ACTS
def unblock_number(number: str, acts: str | None) -> None:
    """Let machines phone NUMBER again."""
    wanted = number_typed(number)

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
