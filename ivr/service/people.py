"""People of the house: who may act on cases, in which roles and teams, and the tokens with which programs do."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol, get_args

from ivr.case.case import By
from ivr.case.moves import MOVES, Move
from ivr.case.refused import Refused, refused
from ivr.messages.message import Message

Role = Literal["lead", "agent", "quality", "auditor", "ops", "tester", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""In the order in which one of several is chosen for a move that more than one of them may make."""
HANDLES = frozenset(("agent", "lead"))
"""Whose work cases are: only to them is one assigned."""
NOT_PEOPLE = ("caller", "system")
LONGEST_NAME = 80
TOKEN_DAYS = 90


class Person(NamedTuple):
    """Somebody who may act. `disabled_at`: since when no longer."""

    name: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    made_at: datetime
    disabled_at: datetime | None = None


class People(Protocol):
    """People on record. Every method: `StoreUnavailable` where the database cannot be used."""

    def find(self, name: str) -> Person | None:
        """A person by their name."""

    def everybody(self) -> Sequence[Person]:
        """All of them, by name."""

    def add(self, person: Person) -> bool:
        """Add a person; whether the name was free."""

    def change(self, person: Person) -> None:
        """Write a person's roles and teams, and whether they are disabled: then their tokens are gone for good."""

    def add_token(self, token_hash: str, name: str, made_at: datetime, expires_at: datetime | None) -> None:
        """Keep the hash of a token."""

    def by_token(self, token_hash: str, now: datetime) -> Person | None:
        """Whose token it is, None where it is nobody's or no longer good; notes its use, to the hour."""


def name_trouble(name: str) -> Message | None:
    """Why somebody cannot be called so, None where they can."""
    if not name or name != name.strip() or len(name) > LONGEST_NAME:
        return Message("people.refused.name-length", most=LONGEST_NAME)
    if unicodedata.normalize("NFC", name) != name or not name.isprintable() or any(c in name for c in ",;\"'<>"):
        return Message("people.refused.name-characters", name=ascii(name))
    if name.casefold() in NOT_PEOPLE or name.startswith("-"):
        return Message("people.refused.name-taken", name=name)
    return None


def acting(people: People, name: str, kind: str) -> By | Refused:
    """Who makes a move, in the one of their roles that may; a refusal where nobody of that name may act."""
    if not name:
        return refused("people.refused.nobody")
    person = people.find(name)
    if person is None:
        return refused("people.refused.unknown", name=name)
    if person.disabled_at is not None:
        return refused("people.refused.disabled", name=name)
    return in_role(person, kind)


def in_role(person: Person, kind: str) -> By:
    """A person in the role in which they make a move."""
    allowed = MOVES[kind].roles if kind in MOVES else ()
    mine = [role for role in ROLES if role in person.roles]
    role = next((role for role in mine if role in allowed), mine[0] if mine else "nobody")
    return By(person.name, role, person.teams)


def named(people: People, wanted: Move) -> Refused | None:
    """What is wrong with the people and the team a move names."""
    if name := wanted.given.get("person", "").strip():
        if people.find(name) is None:
            return refused("people.refused.unknown", name=name)
    team, owner = (wanted.given.get(each, "").strip() for each in ("team", "owner"))
    if team and not any(team in person.teams for person in people.everybody() if person.disabled_at is None):
        return refused("people.refused.no-team", team=team)
    if not owner:
        return None
    person = people.find(owner)
    if person is None:
        return refused("people.refused.unknown", name=owner)
    if person.disabled_at is not None:
        return refused("people.refused.disabled", name=owner)
    if not HANDLES & set(person.roles):
        return refused("people.refused.handles-none", name=owner)
    return refused("people.refused.not-in-team", name=owner, team=team) if team and team not in person.teams else None


def new_token(people: People, name: str, now: datetime, days: int = TOKEN_DAYS) -> str:
    """A token for a person; only its hash is kept, so it is shown once."""
    token = f"ivr_{secrets.token_urlsafe(32)}"
    people.add_token(token_hash(token), name, now, now + timedelta(days=days))
    return token


def token_hash(token: str) -> str:
    """What is kept of a token. It is random and long, so that nobody can guess it from its hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
