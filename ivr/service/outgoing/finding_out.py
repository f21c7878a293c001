"""What became of attempts of which too long nothing was heard: asked of the provider, never dialled again for that."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import (
    LONGEST_SECONDS,
    RING_SECONDS,
    CallStatus,
    Dialler,
    FoundCall,
    ProviderUnavailable,
)
from ivr.service.outgoing.hear import News, hear
from ivr.service.outgoing.outgoing_rows import AttemptRow, FollowUpRow
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import NetworkEnd, stamp

log = logging.getLogger("ivr.outgoing")
DOUBT = timedelta(seconds=60)
"""So long the answer of the provider, or the call itself, may still come."""
GIVEN_UP = timedelta(minutes=15)
"""A call the provider does not list by then was never placed."""
SILENT = timedelta(seconds=RING_SECONDS + LONGEST_SECONDS, minutes=5)
"""A call must have ended by then, and somebody must have told us."""
EARLIER = timedelta(seconds=5)
"""The provider counts whole seconds, by its own clock."""
AT_ONCE = 20
ENDED: dict[CallStatus, NetworkEnd] = {
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "canceled",
}


def find_out(ports: Ports, dialler: Dialler, done: Counter[str]) -> None:
    """Find out about doubtful attempts, and about calls that fell silent. Where the provider cannot be asked now, all
    is left as it is for the next round."""
    now = ports.store.now()
    try:
        for attempt, row in ports.store.live_attempts("intended", stamp(now - DOUBT), AT_ONCE):
            _doubtful(ports, dialler, (attempt, row), done)
        for attempt, _ in ports.store.live_attempts("placed", stamp(now - SILENT), AT_ONCE):
            _silent(ports, dialler, attempt, done)
    except ProviderUnavailable as failed:
        log.warning("what became of attempts is not found out now: %s", failed)


def _doubtful(ports: Ports, dialler: Dialler, known: tuple[AttemptRow, FollowUpRow], done: Counter[str]) -> None:
    attempt, row = known
    since = datetime.fromisoformat(attempt.intended_at)
    found = dialler.find(row.to, attempt.from_number, since - EARLIER) if row.to else ()
    if ours := _of_nobody(ports, found):
        done["found"] += 1
        news = News(call=ours.call)
        retried(ports.store, lambda tx: _heard(ports, tx, attempt.attempt, news))
    elif ports.store.now() - since > GIVEN_UP:
        done["given up"] += 1
        error = str(Message("outgoing.never-found"))
        retried(ports.store, lambda tx: _given_up(ports, tx, attempt.attempt, error))


def _of_nobody(ports: Ports, found: Sequence[FoundCall]) -> FoundCall | None:
    """The oldest call that is no other attempt's: a number has one live attempt at most, so it is this one's."""
    return next((call for call in reversed(found) if not ports.store.is_known_call(call.call)), None)


def _silent(ports: Ports, dialler: Dialler, attempt: AttemptRow, done: Counter[str]) -> None:
    call = dialler.look(attempt.call or "")
    ended: NetworkEnd | None = ENDED.get(call.status) if call else "failed"
    if ended is None:
        return
    done["looked up"] += 1
    news = News(ended=ended, sequence=attempt.status_seq + 1)
    retried(ports.store, lambda tx: _heard(ports, tx, attempt.attempt, news))


def _heard(ports: Ports, tx: Transaction, name: str, news: News) -> None:
    known = tx.attempt(name)
    if known is not None:
        hear(ports, tx, known, news)


def _given_up(ports: Ports, tx: Transaction, name: str, error: str) -> None:
    known = tx.attempt(name)
    if known is None or known[0].state != "intended":
        return
    attempt, row = known
    attempt = attempt._replace(state="unknown", error=error, ended_at=stamp(tx.now()))
    hear(ports, tx, (attempt, row), News(result="unknown"))
