"""What has become of a case while its customer was being phoned: what an attempt came to says nothing of it."""

from __future__ import annotations

from typing import NamedTuple

from ivr.case.case import Case
from ivr.service.outgoing.follow_case import number_of, with_number
from ivr.service.outgoing.may_call import Rules
from ivr.service.outgoing.number_keys import keys_of
from ivr.service.outgoing.outgoing_rows import AttemptRow, FollowUpRow
from ivr.service.outgoing.rounds import Next, with_next
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import stamp

TOLD_AGAIN = "told_again"
"""Why a follow-up is done whose customer was told anew while they were being phoned: the next one asks them."""


class Meanwhile(NamedTuple):
    """`told_again`: a later follow-up asks the customer. `other`: the number the case has now, empty where it is the
    one that was phoned."""

    told_again: bool = False
    other: str = ""


def meanwhile(ports: Ports, tx: Transaction, known: tuple[AttemptRow, FollowUpRow], case: Case) -> Meanwhile:
    """What has become of the case of a follow-up since this attempt began."""
    attempt, row = known
    assert row.number is not None
    if tx.follow_ups(row.number)[-1].follow_up != row.follow_up:
        return Meanwhile(told_again=True)
    other = number_of(case)
    return Meanwhile(other=other if other and attempt.to_key not in keys_of(ports, other) else "")


def to_other(ports: Ports, tx: Transaction, row: FollowUpRow, other: str, rules: Rules | None) -> FollowUpRow:
    """A follow-up that was being phoned goes on to another number, which has tries of its own."""
    due = with_next(row, Next(tx.now()))
    return with_number(ports, due, other, rules)._replace(made_at=stamp(tx.now()))
