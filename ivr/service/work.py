"""Work without a call: rows of one table, each with a time when it is due, done by any process on any machine.

A piece is claimed by one statement and for a while only; whoever dies with it leaves it to the others. How often it
may then happen is said by its kind's class:

- `inside`: the effect and the end of the piece are one transaction, so it happens once, or not at all.
- `repeatable`: the effect is somewhere else and the piece ends after it, so it may happen twice. The piece's id goes
  along, by which the other side can tell.
- `once`: a piece that was claimed is never claimed again; what became of it must be found out. Where the pieces are
  rows of another table (who is to be phoned) there are none here: the worker makes a round of them.

A kind that is repeated `every` so often has one piece for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ivr.errors import IvrError
from ivr.messages.message import Message
from ivr.service.ports import Conflict, Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import Piece

log = logging.getLogger("ivr.work")
WorkClass = Literal["inside", "repeatable", "once"]
LEASE = timedelta(seconds=60)
"""For so long a piece belongs to whoever has claimed it."""
MOST_TRIES = 8
LONGEST_TROUBLE = 500
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=30)
"""After a failure the pause doubles, from the first to the longest: about an hour and a half for all tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkKind:
    """How a kind of work is done.

    `effect` is given the piece; of an `inside` kind also the transaction that ends it, so it must do nothing but read
    and write through that. It returns when the piece is due again, None where it is done.
    """

    name: str
    how: WorkClass
    effect: Callable[[Ports, Piece, Transaction | None], timedelta | None]
    every: timedelta | None = None


GoOn = Callable[[], bool]


class Worker:
    """Does what is due. `name` tells it from all other workers; `complain` is told of every failure; `rounds` are done
    after the pieces, each of work that has a table of its own and is done *once*."""

    def __init__(
        self,
        ports: Ports,
        kinds: Mapping[str, WorkKind],
        name: str,
        complain: Callable[[str], None],
        rounds: Sequence[Callable[[GoOn], int]] = (),
    ) -> None:
        self._ports, self._kinds, self._name, self._complain = ports, kinds, name, complain
        self._rounds = rounds

    def all_due(self, go_on: GoOn = lambda: True) -> int:
        """Do everything that is due now, one piece after another, as long as `go_on`; how many were done."""
        done = self._pieces(go_on)
        for one in self._rounds:
            done += one(go_on) if go_on() else 0
        return done

    def _pieces(self, go_on: GoOn) -> int:
        done = 0
        while due := [self._kinds[kind] for kind in self._ports.store.due_kinds() if kind in self._kinds]:
            claimed = 0
            for kind in due:
                if not go_on():
                    return done
                if piece := self._claim(kind):  # only now: whoever dies at another piece leaves this one alone
                    claimed += 1
                    done += self._do(kind, piece)
            if not claimed:
                break  # others have claimed it meanwhile
        return done

    def keep_repeated(self) -> None:
        """See that each repeated kind has its piece, and that it is due within its time."""
        for kind in self._kinds.values():
            if kind.every is not None:
                self._ports.store.add_work(kind.name, "", timedelta())
                self._ports.store.keep_repeated(kind.name, kind.every, LEASE)

    def close(self) -> None:
        """Close what it has open."""
        self._ports.store.close()

    def revive(self, piece: int) -> bool:
        """Let a dead piece be due now; whether there is such a one."""
        return self._ports.store.revive_work(piece)

    def _claim(self, kind: WorkKind) -> Piece | None:
        lease = None if kind.how == "once" else LEASE
        return self._ports.store.claim_work(kind.name, self._name, lease)

    def _do(self, kind: WorkKind, piece: Piece) -> bool:
        if kind.every is None and piece.tries > MOST_TRIES:
            self._give_up(piece, Message("service.work.each-died", tries=MOST_TRIES))
            return False
        try:
            if kind.how == "inside":
                retried(self._ports.store, lambda tx: self._inside(kind, piece, tx))
            else:
                self._end(piece, kind.effect(self._ports, piece, None))
        except Conflict as lost:
            log.warning("work %d (%s) went to another worker: %s", piece.id, piece.kind, lost)
            return False
        except Exception as failed:
            self._fail(kind, piece, failed)
            return False
        return True

    def _inside(self, kind: WorkKind, piece: Piece, tx: Transaction) -> None:
        tx.end_work(piece.id, self._name, kind.effect(self._ports, piece, tx))

    def _end(self, piece: Piece, again: timedelta | None) -> None:
        retried(self._ports.store, lambda tx: tx.end_work(piece.id, self._name, again))

    def _fail(self, kind: WorkKind, piece: Piece, failed: Exception) -> None:
        trouble = told = _one_line(str(failed)) or type(failed).__name__
        if isinstance(failed, IvrError):
            told = failed.message if isinstance(failed.message, Message) else trouble
        else:
            log.exception("work %d (%s) failed", piece.id, piece.kind)
            told = type(failed).__name__  # what it says may quote a caller: that is for the database alone
        if kind.how == "once" or (kind.every is None and piece.tries >= MOST_TRIES):
            self._give_up(piece, trouble, told)
            return
        pause = min(FIRST_PAUSE * 2 ** min(piece.tries - 1, 20), LONGEST_PAUSE)
        seconds = int(pause.total_seconds())
        self._complain(Message("service.work.retried", id=piece.id, kind=piece.kind, seconds=seconds, why=told))
        self._put_off(piece, pause, trouble, dead=False)

    def _give_up(self, piece: Piece, trouble: str, told: str = "") -> None:
        self._complain(Message("service.work.given-up", id=piece.id, kind=piece.kind, why=told or trouble))
        self._put_off(piece, timedelta(), trouble, dead=True)

    def _put_off(self, piece: Piece, pause: timedelta, trouble: str, *, dead: bool) -> None:
        try:
            self._ports.store.put_off_work(piece.id, self._name, pause, trouble, dead=dead)
        except IvrError as failed:
            log.error("work %d (%s) stays claimed for a while: %s", piece.id, piece.kind, failed)


def _one_line(text: str) -> str:
    """What can be stored, printed and read: one line of printable characters, not too long."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:LONGEST_TROUBLE].strip()
