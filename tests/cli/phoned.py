"""Calls of customers on record: made by the terminal phone, then marked as real ones and copied."""

from __future__ import annotations

from command_here import Run
from sqlalchemy import insert, select, update

from ivr.storage.bulk import engine
from ivr.storage.tables import calls, turns


def phoned(ivr: Run, url: str, typed: str, times: int = 1) -> None:
    """A call of a customer, and as many like it."""
    before = _ids(url)
    done = ivr("call", given=typed)
    assert done.returncode == 0, done.stderr
    (new,) = _ids(url) - before
    made = engine(url)
    with made.begin() as connection:
        connection.execute(update(calls).where(calls.c.call == new).values(simulated=False))
        call = connection.execute(select(calls).where(calls.c.call == new)).mappings().one()
        taken = connection.execute(select(turns).where(turns.c.call == new)).mappings().all()
        copies = [f"CA{len(before) + n:032x}" for n in range(1, times)]
        if copies:
            connection.execute(insert(calls), [{**call, "call": name, "number": None} for name in copies])
            connection.execute(insert(turns), [{**turn, "call": name} for name in copies for turn in taken])
    made.dispose()


def _ids(url: str) -> set[str]:
    made = engine(url)
    with made.connect() as connection:
        found = set(connection.execute(select(calls.c.call)).scalars())
    made.dispose()
    return found
