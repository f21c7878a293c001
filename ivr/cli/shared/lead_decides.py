"""What only a lead may do of calls to customers."""

from __future__ import annotations

from collections.abc import Callable

from ivr.app.database import Database
from ivr.cli.shared.command_line import exit_code
from ivr.cli.shared.echo import echo
from ivr.messages.message import Message
from ivr.service.outgoing.by_staff import a_lead


def lead_decides(database: Database, acts: str | None, work: Callable[[], Message]) -> None:
    """Do what a lead decides, and say so; exit code 1 where whoever acts is none."""
    if refusal := a_lead(database.people, acts or ""):
        echo(Message("command.failed", why=refusal.why), err=True)
        exit_code(1)
    else:
        echo(work())
