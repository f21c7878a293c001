"""People as the commands add, find and print them."""

from __future__ import annotations

from datetime import UTC, datetime

from ivr.case.move_checks import ROLES
from ivr.errors import InvalidArgument, NoSuch
from ivr.messages.message import Message
from ivr.service.people import People, Person, name_trouble


def add_person(people: People, name: str, roles: tuple[str, ...], teams: tuple[str, ...]) -> Person:
    """Somebody new. `InvalidArgument` where they cannot be called so, or somebody is."""
    _check(name, *teams)
    made = Person(name, tuple(dict.fromkeys(roles)), tuple(dict.fromkeys(teams)), datetime.now(UTC))
    if any(person.name.casefold() == name.casefold() for person in people.everybody()) or not people.add(made):
        raise InvalidArgument(Message("people.refused.exists", name=name))
    return made


def change_person(people: People, person: Person) -> Person:
    """The person as written. `InvalidArgument` where a team cannot be called so."""
    _check(*person.teams)
    people.change(person)
    return person


def the_person(people: People, name: str, *, enabled: bool = False) -> Person:
    """A person by their name. `NoSuch` where there is nobody called so, or (`enabled`) nobody who may still act."""
    person = people.find(name)
    if person is None:
        raise NoSuch(Message("people.refused.unknown", name=name))
    if enabled and person.disabled_at is not None:
        raise NoSuch(Message("people.refused.disabled", name=name))
    return person


def person_line(person: Person) -> Message:
    """A person in a list."""
    roles = Message("people.roles", roles=tuple(Message(ROLES[role]) for role in person.roles))
    teams = (Message("people.teams", teams=person.teams),) if person.teams else ()
    disabled = (Message("people.disabled", day=person.disabled_at.date().isoformat()),) if person.disabled_at else ()
    return Message("people.line", name=person.name, what=(roles, *teams, *disabled))


def _check(*names: str) -> None:
    for name in names:
        if trouble := name_trouble(name):
            raise InvalidArgument(trouble)
