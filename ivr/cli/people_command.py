"""`ivr people`: who may act on cases, and the tokens by which programs act for them."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from ivr.app.database import opened, prepare_database
from ivr.cli.shared.echo import echo
from ivr.cli.shared.people_lines import add_person, change_person, person_line, the_person
from ivr.config import read_settings
from ivr.messages.message import Message
from ivr.service.people import ROLES, TOKEN_DAYS, new_token

ROLE = click.Choice(ROLES)


@click.group()
def command() -> None:
    """Add people, change their roles, disable them, and give them tokens."""


@command.command("add")
@click.argument("name")
@click.option("--role", "roles", type=ROLE, multiple=True, required=True, help="What they may do; again for more.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="A team whose cases they take; again for more.")
def add(name: str, roles: tuple[str, ...], teams: tuple[str, ...]) -> None:
    """Add the person NAME."""
    settings = read_settings(os.environ)
    prepare_database(settings)
    with opened(settings) as database:
        echo(person_line(add_person(database.people, name, roles, teams)))


@command.command("change")
@click.argument("name")
@click.option("--role", "roles", type=ROLE, multiple=True, help="Their roles from now on; again for more.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Their teams from now on; again for more.")
def change(name: str, roles: tuple[str, ...], teams: tuple[str, ...]) -> None:
    """Change the roles or teams of NAME, and enable them if they were disabled."""
    with opened(read_settings(os.environ)) as database:
        person = the_person(database.people, name)
        made = person._replace(roles=roles or person.roles, teams=teams or person.teams, disabled_at=None)
        echo(person_line(change_person(database.people, made)))


@command.command("disable")
@click.argument("name")
def disable(name: str) -> None:
    """Let NAME act no more; what they have done stays, and their tokens end."""
    with opened(read_settings(os.environ)) as database:
        person = the_person(database.people, name)
        at = person.disabled_at or datetime.now(UTC)
        echo(person_line(change_person(database.people, person._replace(disabled_at=at))))


@command.command("token")
@click.argument("name")
@click.option(
    "--days", default=TOKEN_DAYS, type=click.IntRange(1, 3650), show_default=True, help="How long it is good."
)
def token(name: str, days: int) -> None:
    """Make a token for NAME, for programs that act for them. It is shown once: the last word printed."""
    with opened(read_settings(os.environ)) as database:
        person = the_person(database.people, name, enabled=True)
        made = new_token(database.people, person.name, datetime.now(UTC), days)
    echo(Message("people.token", name=person.name, days=days, token=made))


@command.command("list")
def list_people() -> None:
    """Everybody, with roles and teams."""
    with opened(read_settings(os.environ)) as database:
        everybody = database.people.everybody()
    for person in everybody:
        echo(person_line(person))
    if not everybody:
        echo(Message("people.none"))
