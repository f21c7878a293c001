"""What is heard of an attempt, in whatever order it comes: that the call exists, who answers, what the customer says,
how the network ended it. The attempt, the case and the next try are settled in one transaction.

What the customer said outranks what the network said of the same attempt, also after the case was closed without it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import NamedTuple

from ivr.case.case import By
from ivr.case.moves import Move
from ivr.service.cases.case_in_hand import CaseInHand
from ivr.service.outgoing.follow_case import PHONED, live_release
from ivr.service.outgoing.may_call import Rules, rules_of
from ivr.service.outgoing.meanwhile import TOLD_AGAIN, Meanwhile, meanwhile, to_other
from ivr.service.outgoing.number_keys import number_masked
from ivr.service.outgoing.outgoing_rows import AttemptRow, BlockedRow, FollowUpRow
from ivr.service.outgoing.rounds import ENDING, Next, after_result, tries_of, with_next
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import NetworkEnd, stamp

log = logging.getLogger("ivr.outgoing")
SYSTEM, CALLER = By("system", "system"), By("caller", "caller")
BY_NETWORK: Mapping[NetworkEnd, str] = {
    "busy": "busy", "no_answer": "no_answer", "failed": "failed", "canceled": "no_answer", "completed": "unclear",
}  # fmt: skip
"""What an attempt came to where nothing was said in it."""
_WEAK = ("busy", "no_answer", "failed", "unknown", "unclear", "machine")
"""Results that say nothing of the customer's mind, each outranked by those after it, and all by a word of theirs."""
Said = tuple[AttemptRow, FollowUpRow]


class News(NamedTuple):
    """What is heard. `call` is the provider's id, `fields` what the customer said beside the `result`; `ended` how the
    network ended the call and `sequence` which of its notices says so; `turn` the turn of the call in which it is said.
    """

    call: str = ""
    result: str = ""
    fields: Mapping[str, str] = {}
    answered_by: str = ""
    ended: NetworkEnd | None = None
    sequence: int = -1
    turn: int | None = None


def rank(result: str | None) -> int:
    """How much a result counts."""
    if not result:
        return -1
    return _WEAK.index(result) if result in _WEAK else len(_WEAK)


def hear(ports: Ports, tx: Transaction, known: Said, news: News, hand: CaseInHand | None = None) -> bool:
    """Keep the news; False where it is of another call than the attempt's. `hand` is the case where this transaction
    has it in hand already; whoever gives it keeps it."""
    before, row = known
    if before.call and news.call and before.call != news.call:
        return False
    attempt, follow_up = _told(tx, before, news), row
    result = news.result or _concluded(attempt, news)
    if rank(result) > rank(attempt.result):
        attempt = attempt._replace(result=result)
        follow_up = _settled(ports, tx, (attempt, follow_up), news, hand)
    if (attempt, follow_up) != (before, row):
        tx.put_follow_up(follow_up, [attempt])
    return True


def _told(tx: Transaction, attempt: AttemptRow, news: News) -> AttemptRow:
    """The attempt with what is told of its call. One that was given up, and rings after all, stays given up: its number
    may be on the telephone for another attempt by now. What is said in it counts all the same."""
    if news.call and not attempt.call:
        attempt = attempt._replace(call=news.call, state="placed" if attempt.state == "intended" else attempt.state)
    if news.answered_by:
        attempt = attempt._replace(answered_by=news.answered_by)
    if news.ended and (attempt.network_end is None or news.sequence > attempt.status_seq):
        over = attempt.ended_at or stamp(tx.now())
        attempt = attempt._replace(network_end=news.ended, status_seq=news.sequence, state="ended", ended_at=over)
    return attempt


def _concluded(attempt: AttemptRow, news: News) -> str:
    """What the end of a call means in which nothing was said."""
    if not news.ended:
        return ""
    if news.ended == "completed" and attempt.answered_by == "machine":
        return "machine"
    return BY_NETWORK[news.ended]


def _settled(ports: Ports, tx: Transaction, known: Said, news: News, given: CaseInHand | None) -> FollowUpRow:
    """The follow-up after the result of its attempt, which goes onto the case as well."""
    attempt, row = known
    release = live_release(ports)
    rules = rules_of(release, row.flow) if release else None
    if attempt.result == "opted_out":
        hint = number_masked(row.to or "")
        tx.block(BlockedRow(attempt.to_key, stamp(tx.now()), "opted_out", CALLER.name, hint))
    hand = given or in_hand(ports, tx, row)
    after = _after(tx, known, rules)
    if hand is None:
        return with_next(row, after)
    since = Meanwhile() if attempt.result in ENDING else meanwhile(ports, tx, known, hand.case)
    if since.told_again:
        after = Next(None, TOLD_AGAIN)
    elif since.other:
        after = Next(tx.now())
    _onto_case(hand, attempt, news, unreached=after.reason == "unreached")
    if hand is not given:
        hand.keep()
    if hand.case.status != PHONED and after.due_at is not None:
        return row._replace(state="done", reason=hand.case.status)
    if since.other and row.state == "dialling":
        return to_other(ports, tx, row, since.other, rules)
    return with_next(row, after)


def _after(tx: Transaction, known: Said, rules: Rules | None) -> Next:
    attempt, row = known
    others = (each for each in tx.attempts(row.follow_up) if each.attempt != attempt.attempt)
    return after_result(rules, row, attempt.result or "", tries_of(row, [attempt, *others]), tx.now())


def in_hand(ports: Ports, tx: Transaction, row: FollowUpRow) -> CaseInHand | None:
    """The case that a follow-up is about; None for a survey."""
    found = tx.case(row.number) if row.number is not None else None
    return CaseInHand(ports, tx, found) if found else None


def end_unreached(ports: Ports, tx: Transaction, row: FollowUpRow) -> None:
    """Phone nobody again, for all tries were made; the case ends without the customer's word."""
    if (hand := in_hand(ports, tx, row)) is not None:
        hand.make(Move("unreached"), SYSTEM)
        hand.keep()
    tx.put_follow_up(row._replace(state="done", reason="unreached"))


def _onto_case(hand: CaseInHand, attempt: AttemptRow, news: News, *, unreached: bool) -> None:
    place = {"call": news.call or attempt.call, "turn": news.turn}
    said = {name: value for name, value in news.fields.items() if value}
    if said:
        hand.make(Move("noted", said)._replace(**place), CALLER)  # type: ignore[arg-type]
    result = attempt.result if attempt.result != "unknown" else "failed"
    given = {"result": result or "", "attempt": str(attempt.n)}
    refused = hand.make(Move("attempted", given)._replace(**place), SYSTEM)  # type: ignore[arg-type]
    if refused:
        log.warning("the result %s of attempt %d changes nothing: %s", result, attempt.n, refused)
    if unreached and hand.case.status == PHONED:
        hand.make(Move("unreached"), SYSTEM)
