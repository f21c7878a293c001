"""What the network tells of a call that we placed, and what its turns say: both reach its attempt by its name."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from ivr.call.case_number import parse_case_number
from ivr.call.events import CaseAdded, FollowedUp
from ivr.case.moves import Move
from ivr.service.calls.turn_in_progress import TurnInProgress, TurnTaken
from ivr.service.cases.case_in_hand import CaseInHand
from ivr.service.outgoing.hear import CALLER, News, hear
from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import CaseRow

log = logging.getLogger("ivr.outgoing")


def note_attempt(ports: Ports, name: str, news: News) -> None:
    """Keep what a notice says of an attempt; of one that is none, and of another call than its own, nothing."""

    def note(tx: Transaction) -> None:
        known = tx.attempt(name)
        if known is None or not hear(ports, tx, known, news):
            log.warning("a notice of call %s names an attempt that is not its own", news.call)

    retried(ports.store, note)


def keep_said(exchange: TurnInProgress, taken: TurnTaken, attempt: str, written: Sequence[CaseRow]) -> None:
    """What a turn says of cases of other calls, and of the attempt it belongs to (empty: none), in its transaction.
    `written` are the cases that this transaction writes already."""
    events = taken.turn.events
    added = [event for event in events if isinstance(event, CaseAdded)]
    said = next((event for event in reversed(events) if isinstance(event, FollowedUp)), None)
    hands = _noted(exchange, taken, added, {row.number for row in written})
    webhook = exchange.webhook
    if attempt and (said or taken.number == 1 or webhook.answered_by or webhook.hung_up):
        known = exchange.tx.attempt(attempt)
        news = News(
            call=webhook.call,
            result=said.result if said else "",
            fields=said.fields if said else {},
            answered_by=webhook.answered_by,
            ended="completed" if webhook.hung_up else None,
            turn=taken.number,
        )
        if known is not None:
            hear(exchange.ports, exchange.tx, known, news, hands.get(known[1].number or 0))
    for hand in hands.values():
        hand.keep()


def _noted(
    exchange: TurnInProgress, taken: TurnTaken, added: Sequence[CaseAdded], own: set[int]
) -> dict[int, CaseInHand]:
    """The cases that the turn adds to, in hand, with what it adds."""
    hands: dict[int, CaseInHand] = {}
    for event in added:
        number = parse_case_number(event.number)
        row = exchange.tx.case(number) if number and number not in own and number not in hands else None
        if row is not None:
            hands[row.number] = CaseInHand(exchange.ports, exchange.tx, row)
        if number not in hands:
            log.error("call %s adds to a case that is none, or to its own", exchange.webhook.call)
            continue
        call = exchange.webhook.call
        hands[number].make(Move("noted", dict(event.fields), call, taken.number), CALLER)
    return hands
