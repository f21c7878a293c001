"""The routes of people: who one is, and who there is."""

from __future__ import annotations

from typing import Any

from ivr.console.access import moves_of
from ivr.service.people import Person


def me(person: Person) -> dict[str, Any]:
    """Who asks, and the moves that they may make."""
    return {**_named(person), "moves": moves_of(person)}


def listed(person: Person) -> dict[str, Any]:
    """A person in the list of all."""
    disabled = person.disabled_at.isoformat(timespec="seconds") if person.disabled_at else None
    return {**_named(person), "made_at": person.made_at.isoformat(timespec="seconds"), "disabled_at": disabled}


def _named(person: Person) -> dict[str, Any]:
    return {"name": person.name, "roles": list(person.roles), "teams": list(person.teams)}
