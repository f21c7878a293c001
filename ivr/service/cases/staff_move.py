"""A move that a person makes: who they are, whom they name, and then the move itself."""

from __future__ import annotations

from typing import NamedTuple

from ivr.case.case import By
from ivr.case.moves import MOVES, Move
from ivr.case.refused import Refused
from ivr.service.cases.keep_move import Changed, keep_move
from ivr.service.people import People, acting, named
from ivr.service.ports import Ports
from ivr.service.rows import CaseRow


class Wish(NamedTuple):
    """A move somebody of the house wants made: on which case, by whom, and on which version of it, if that matters."""

    number: int
    move: Move
    name: str
    version: int | None = None


def staff_move(ports: Ports, people: People, wish: Wish) -> CaseRow | Refused | Changed:
    """The case after the move; why it is not allowed; or what came between. `NoSuch` where there is no such case."""
    by = acting(people, wish.name, wish.move.kind)
    return by if isinstance(by, Refused) else move_as(ports, people, wish, by)


def move_as(ports: Ports, people: People, wish: Wish, by: By) -> CaseRow | Refused | Changed:
    """The same for somebody who is known already."""
    wanted = of_oneself(wish.move, by)
    return named(people, wanted) or keep_move(ports, wish.number, wanted, by, version=wish.version)


def of_oneself(wanted: Move, by: By) -> Move:
    """The move with the name of who makes it where nobody is named and that is who is meant."""
    row = MOVES.get(wanted.kind)
    own = [name for name, field in ((row and row.fields) or {}).items() if field.own]
    missing = {name: by.name for name in own if not wanted.given.get(name, "").strip()}
    return wanted._replace(given={**wanted.given, **missing}) if missing else wanted
