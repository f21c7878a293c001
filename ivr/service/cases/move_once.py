"""A move that a program asks for and may ask for again: it is made once, and answered alike each time.

An answer is kept for a day, in the transaction of the move itself: both are there, or neither. What is kept is which
version of the case the move made, not the case: nothing personal is kept twice. A move that was not made changed
nothing, so nothing is kept of it, and it is judged anew.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import msgspec

from ivr.case.case import By
from ivr.case.case_fold import folded
from ivr.case.refused import Refused
from ivr.service.cases.case_rows import case_row, event_of
from ivr.service.cases.keep_move import Changed, looked_at, made_on
from ivr.service.cases.staff_move import Wish, of_oneself
from ivr.service.people import People, named
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import CaseRow, KeptAnswer, Piece, stamp
from ivr.service.work import WorkKind

KEPT = timedelta(hours=24)
EVERY = timedelta(seconds=60)
MADE = 200
"""The status of a move that was made."""


class Asked(NamedTuple):
    """What tells a request from all others: the hash of who asks and of their key, and that of what is asked."""

    key: str
    request: str


class Made(NamedTuple):
    """The case after the move; `again` where it was made at an earlier request."""

    row: CaseRow
    again: bool = False


class KeyUsed(NamedTuple):
    """The key belongs to another request."""


class _Kept(msgspec.Struct, frozen=True):
    number: int
    version: int


def move_once(
    ports: Ports, people: People, wish: Wish, by: By, asked: Asked | None
) -> Made | Refused | Changed | KeyUsed:
    """The case after the move; why it is not allowed; what came between; or that the key was used for another request.
    `NoSuch` where there is no such case. Without `asked` the move is made each time."""
    wanted = of_oneself(wish.move, by)
    refusal = named(people, wanted)

    def answered(tx: Transaction) -> Made | KeyUsed | None:
        kept = tx.kept_answer(asked.key) if asked else None
        if asked is None or kept is None:
            return None
        return _again(tx, kept) if kept.request == asked.request else KeyUsed()

    def made(tx: Transaction) -> Made | Refused | Changed:
        row = looked_at(tx, wish.number, wish.version)
        if isinstance(row, Changed):
            return row
        after = refusal or made_on(ports, tx, row, wanted, by)
        if isinstance(after, Refused):
            return after
        if asked:
            body = msgspec.json.encode(_Kept(after.number, after.version)).decode()
            tx.keep_answer(KeptAnswer(asked.key, asked.request, MADE, body, stamp(tx.now())))
        return Made(after)

    def work(tx: Transaction) -> Made | Refused | Changed | KeyUsed:
        if (before := answered(tx)) is not None:
            return before
        done = made(tx)
        if isinstance(done, Made):
            return done
        before = answered(tx)  # this very request, sent twice, may have been faster since the first look
        return done if before is None else before

    return retried(ports.store, work)


def _again(tx: Transaction, kept: KeptAnswer) -> Made:
    """The case as the move left it."""
    done = msgspec.json.decode(kept.body, type=_Kept)
    log = [event_of(row) for row in tx.case_events(done.number) if row.seq <= done.version]
    return Made(case_row(done.number, folded(log)), again=True)


def forget(ports: Ports, piece: Piece, tx: Transaction | None) -> timedelta:
    """Remove answers that are older than a day."""
    assert tx is not None
    tx.drop_answers(stamp(tx.now() - KEPT))
    return EVERY


FORGET_ANSWERS = WorkKind(name="forget-answers", how="inside", effect=forget, every=EVERY)
