"""The facts a flow can read, one row each: their types, who answers them, and whether an answer may change in a call.

A new fact is a row here and its answer in `ivr/service/calls/turn_facts.py`. Lint, proof, fixtures and impact read
these rows. A dot in a name says nothing by itself: a release declares its facts and whole-call values, and any other
name, `found.state` too, is a value of the run that saved it (`Release.is_of_call`, `Release.is_of_run`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

FactSource = Literal["call", "caller", "history", "calendar", "case", "taken", "attempt", "switch", "flow", "nobody"]


class Fact(NamedTuple):
    """One fact. `*` in its name is any name that hotline.yaml gives.

    `source`, who answers it: the call itself; the caller's number (not known where it is withheld); the caller's
    history on record; the calendar; the flow's own case; the case that a call to a customer is about (`taken`), which
    alone has such a fact; our attempt to reach the customer; a switch of operations; the flow, which has set it for
    the whole call; or nobody yet: lint reports such a fact as `not-built`.
    `changes`: whether it may get another answer in a later turn of the same call. `no_past`: the answer of history for
    a caller who has none; None where it is not known then.
    """

    name: str
    type: str
    source: FactSource
    changes: bool = False
    no_past: str | None = None


FACTS = (
    Fact("call.language", "text", "call", changes=True),
    Fact("call.started", "time", "call"),
    Fact("call.to", "phone", "call"),
    Fact("call.recording", "yes_no", "flow", changes=True),
    Fact("call.*", "text", "flow", changes=True),
    Fact("caller.phone", "phone", "caller"),
    Fact("call.from", "phone", "caller"),
    Fact("caller.visits", "number", "history", changes=True, no_past="0"),
    Fact("caller.open_cases", "number", "history", changes=True, no_past="0"),
    Fact("hours.*", "text", "calendar", changes=True),
    Fact("hours.*.opens", "time", "calendar", changes=True),
    Fact("switch.*", "yes_no", "switch", changes=True),
    Fact("case.number", "case_number", "case"),
    Fact("case.kind", "text", "case"),
    Fact("case.opened", "date", "case"),
    Fact("case.due", "time", "case"),
    Fact("case.told", "date", "taken"),
    Fact("case.caller_name", "text", "taken"),
    Fact("case.due_again", "time", "taken"),
    Fact("call.answered_by", "text", "attempt", changes=True),
    Fact("queue.ahead", "number", "nobody"),
)
_BY_NAME = {fact.name: fact for fact in FACTS}
DIALLED = "call.to"
"""The number dialled: a number of the hotline, or another that leads to it."""
LANGUAGE = "call.language"
"""Set like a value of the whole call, and kept as the language of the call."""
CALL_VALUES = frozenset(name for name, fact in _BY_NAME.items() if fact.source == "flow" and "*" not in name)
"""The whole-call values that hotline.yaml need not declare."""
NAMED_FACTS = frozenset(name for name in _BY_NAME if "*" not in name) - CALL_VALUES
"""The facts every hotline has; the others are named by its opening hours and switches."""
TAKEN = "taken"
"""Stands for the kind of the case that a call to a customer is about: its facts are `case.taken.*`."""
ANSWERED_BY = "call.answered_by"
"""Who answered a call we placed: `human`, `machine`, or `unknown` as long as nobody can tell."""
OF_A_PROMISE = frozenset(("case.number", "case.due"))
"""What names a case to its caller: of a kind that promises a call, it promises one."""
TAKEN_FACTS = frozenset(fact.name for fact in FACTS if fact.source == "taken")
"""Facts that only the case a call to a customer is about has: told when, who gave it in, due when after a "no"."""
NAME_OF_CUSTOMER = "case.caller_name"
"""Who gave in the case, where it is known: all of it that may be said before the right person has confirmed."""
CASE_FACTS = frozenset(fact.name for fact in FACTS if fact.source == "case") | TAKEN_FACTS
"""Facts of the run's own case; without one, of the call's last case."""
CALLER_NUMBER = tuple(fact.name for fact in FACTS if fact.source == "caller")
NO_PAST = {fact.name: fact.no_past for fact in FACTS if fact.no_past is not None}
"""What history answers for a caller who has none."""
HISTORY = tuple(fact.name for fact in FACTS if fact.source == "history")


@lru_cache(maxsize=10_000)
def fact_of(name: str) -> Fact | None:
    """The row of a fact as a step or a turn names it (`hours.agents`, `case.due`, `case.complaint.due`,
    `case.callback.urgent.due`), else None."""
    found = _BY_NAME.get(name)
    if found is not None:
        return found
    scope, *rest = name.split(".")
    if scope == "case" and len(rest) in (2, 3):
        return _BY_NAME.get(f"case.{rest[-1]}")
    return _BY_NAME.get(".".join((scope, "*", *rest[1:]))) if rest else None


def source_of(name: str) -> FactSource | None:
    """Who answers a fact, None where there is no such fact."""
    fact = fact_of(name)
    return fact.source if fact else None


def stored_elsewhere(name: str) -> bool:
    """Whether the answer is read from the database in its turn, so that only that turn's record knows it."""
    return source_of(name) in ("history", "switch", "attempt", "taken") or is_taken(name)


def is_taken(name: str) -> bool:
    """Whether a fact, as a turn names it, is of the case that a call to a customer is about (`case.taken.number`)."""
    return name.startswith(f"case.{TAKEN}.")


def may_change(name: str) -> bool:
    """Whether a fact may get another answer in a later turn of the same call."""
    fact = fact_of(name)
    return fact is not None and fact.changes
