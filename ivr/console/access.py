"""Who may do what over the API: a row for each route, and for each move the roles of its own table."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.case.moves import MOVES, STAFF_MOVES
from ivr.service.people import ROLES, Person

READERS = ("agent", "lead", "quality", "auditor")
LEADS = ("lead",)
SEE_NUMBERS = frozenset(("agent", "lead"))
"""Who phones customers. To all others every number of a caller is masked."""
MAY_MOVE: Mapping[str, tuple[str, ...]] = {
    kind: tuple(role for role in ROLES if role in MOVES[kind].roles) for kind in STAFF_MOVES
}
"""The roles that may make each move."""
MOVERS = tuple(role for role in ROLES if any(role in roles for roles in MAY_MOVE.values()))
ACCESS: Mapping[str, tuple[str, ...] | None] = {
    "GET /api/openapi.json": None,
    "GET /api/me": ROLES,
    "GET /api/people": ("lead", "admin"),
    "GET /api/cases": READERS,
    "GET /api/cases/<number>": READERS,
    "GET /api/cases/<number>/events": READERS,
    "POST /api/cases/<number>/moves": MOVERS,
    "GET /api/cases/<number>/attempts": READERS,
    "GET /api/do-not-call": LEADS,
    "POST /api/do-not-call": LEADS,
    "DELETE /api/do-not-call": LEADS,
    "POST /api/outgoing/stop": LEADS,
    "GET /healthz": None,
}
"""The roles of each route; None: nobody has to say who they are."""


def moves_of(person: Person) -> list[str]:
    """The moves a person may make, in one role or another."""
    return [kind for kind, roles in MAY_MOVE.items() if set(roles) & set(person.roles)]


def sees_numbers(person: Person) -> bool:
    """Whether the person is shown callers' numbers in full."""
    return bool(SEE_NUMBERS & set(person.roles))
