"""Who asks: the person whose token a request carries, and whether their roles allow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Request

from ivr.case.move_checks import ROLES as ROLE_WORDS
from ivr.console.answers import Refusal
from ivr.messages.message import Message
from ivr.service.people import People, Person, token_hash

LONGEST_TOKEN = 200


def person_of(request: Request, people: People, now: datetime) -> Person:
    """The person whose token it is. What is wrong with a token is not said: whoever guesses learns nothing."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    token = token.strip()
    if not token or scheme.lower() != "bearer":
        raise _unauthorized(Message("api.no-token"), 'Bearer realm="ivr"')
    person = people.by_token(token_hash(token), now) if len(token) <= LONGEST_TOKEN else None
    if person is None:
        raise _unauthorized(Message("api.bad-token"), 'Bearer realm="ivr", error="invalid_token"')
    return person


def check_roles(person: Person, roles: Sequence[str]) -> None:
    """403 for a person who has none of the roles."""
    if not set(roles) & set(person.roles):
        raise not_your_role(Message("api.not-your-role", name=person.name, roles=role_words(roles)))


def not_your_role(message: Message) -> Refusal:
    """The person may not do that."""
    return Refusal(403, "not_your_role", message)


def role_words(roles: Sequence[str]) -> tuple[Message, ...]:
    """Roles as a sentence names them."""
    return tuple(Message(ROLE_WORDS[role]) for role in roles)


def _unauthorized(message: Message, challenge: str) -> Refusal:
    return Refusal(401, "unauthorized", message, headers={"WWW-Authenticate": challenge})
