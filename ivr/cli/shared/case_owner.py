"""Whose cases are wanted: a person or team that there is."""

from __future__ import annotations

from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.service.people import People


def check_owner(people: People, owner: str, team: str) -> None:
    """`NoSuch` where nobody is called so, or no team: an empty list would look like nothing to do. Whoever has been
    disabled still has the cases they left."""
    if owner and people.find(owner) is None:
        raise NoSuch(Message("people.refused.unknown", name=owner))
    if team and not any(team in person.teams for person in people.everybody()):
        raise NoSuch(Message("people.refused.no-team", team=team))
