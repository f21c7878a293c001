"""Answer one voice webhook: a known turn from the record, a new one by taking it, all in one transaction."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from ivr.call.events import Disposition, Ended, Event, TransferEnded
from ivr.call.inputs import Given, Input, Recording, ReplyRefused, Start, Stored, Transferred
from ivr.call.state import State, decode_state, encode_state
from ivr.call.verbs import Ask, RecordVerb, TransferVerb, Verb
from ivr.engine.conclude import conclude
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.service.calls.turn_facts import TurnFacts
from ivr.service.calls.turn_rule import decide
from ivr.service.calls.without_release import keep_turn
from ivr.service.cases.keep_cases import keep_cases
from ivr.service.ports import CallRow, Conflict, Ports, Transaction

log = logging.getLogger("ivr.calls")
_encode_input = msgspec.json.Encoder(order="sorted").encode
_encode_events = msgspec.msgpack.Encoder(order="sorted").encode
MOST_CONFLICTS = 3
HOLD_SECONDS = 120
TRANSFER_SECONDS = 4 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A verified voice request. `turn` is the one its URL names: 1 for a number's voice URL, 0 for the current one.

    `caller` is E.164, or empty where it is withheld or no number; `fingerprint` 12 bytes of the signature's HMAC;
    `hung_up` says that the caller is gone although something was still said.
    """

    call: str
    turn: int
    input: Input
    fingerprint: bytes
    caller: str
    called: str
    route: str = "turn"
    hung_up: bool = False


class _Taken(NamedTuple):
    turn: Turn
    stored: Stored


def handle_call(ports: Ports, webhook: Webhook) -> str:
    """The document that answers a webhook. `StoreUnavailable` where the database cannot be used in time.

    Where somebody else changed the call in between, it is read and decided again: the engine is pure, so that is free.
    """
    for _ in range(MOST_CONFLICTS):
        with suppress(Conflict):
            return _handle(ports, webhook)
    return _handle(ports, webhook)


def _handle(ports: Ports, webhook: Webhook) -> str:
    now = ports.clock()
    with ports.store.transaction() as tx:
        row = tx.call(webhook.call)
        k = row.turn if row else None
        n = webhook.turn
        same = False
        if isinstance(webhook.input, ReplyRefused) and k:
            last = tx.reply(webhook.call, k)
            n = k if last and last.fingerprint == webhook.fingerprint else k + 1
        if k and n < k:
            past = tx.reply(webhook.call, n)
            same = past is not None and past.fingerprint == webhook.fingerprint
        answer = decide(k, n, same_fingerprint=same, forgotten=bool(row and row.forgotten_at))
        if answer == "first turn":
            return _first_turn(ports, tx, webhook, row, now)
        assert row is not None
        if answer == "next turn":
            return _next_turn(ports, tx, webhook, row, now)
        if n > row.turn + 1:
            log.error("turn_from_future: call %s is at turn %d, the line at %d", webhook.call, row.turn, n)
        if answer == "farewell":
            return ports.farewell
        stored = tx.reply(webhook.call, n if answer == "reply of n" else row.turn)
        return (stored.reply if stored else None) or ports.farewell


def _first_turn(ports: Ports, tx: Transaction, webhook: Webhook, row: CallRow | None, now: datetime) -> str:
    pinned = ports.pinned_release or tx.current_release()
    if not pinned:
        raise NoSuch("no release is live: publish the flows first")
    release = ports.release(pinned)
    entry = ports.entry or release.numbers.get(webhook.called, release.default)
    number = tx.next_number()
    state = begin(release, entry, ports.language)
    facts = _facts(ports, tx, release, webhook, now, started=now, number=number, caller=webhook.caller)
    taken = _take(release, state, Start(ports.language), turn=1, served=0, facts=facts, now=now)
    reply = ports.render(release, taken.turn.verbs, 2, webhook.called)
    values: dict[str, object] = {
        "number": number,
        "turn": 1,
        "release": pinned,
        "entry": entry,
        "state": encode_state(taken.turn.state),
        "language": taken.turn.state.language,
        "caller": webhook.caller,
        "called": webhook.called,
        "started_at": now.isoformat(),
        "touched_at": now.isoformat(),
        "quiet_until": _quiet_until(taken.turn.verbs, now),
        "away": 0,
        "transferred": False,
        "simulated": ports.simulated,
    }
    if row is None:
        tx.insert_call({"call": webhook.call, "version": 1, "status_seq": -1, **values})
    else:
        tx.update_call(webhook.call, row.version, values)
    _keep(tx, release, taken, webhook, reply, now, turn=1, number=number, started=now)
    if _ended(taken.turn.events) or webhook.hung_up or (row is not None and row.ended_by):
        version = 1 if row is None else row.version + 1
        _mark_end(tx, webhook, taken, version, now, ended_by=row.ended_by if row else None, transferred=False)
    return reply


def _next_turn(ports: Ports, tx: Transaction, webhook: Webhook, row: CallRow, now: datetime) -> str:
    assert row.release and row.state is not None and row.number is not None
    turn = row.turn + 1
    try:
        release = ports.release(row.release)
    except NoSuch as gone:
        log.error("call %s cannot go on: %s", webhook.call, gone)
        return keep_turn(
            ports, tx, row, now,
            call=webhook.call, came=webhook.input, fingerprint=webhook.fingerprint, route=webhook.route,
        )  # fmt: skip
    state = decode_state(row.state)
    started = datetime.fromisoformat(row.started_at)
    away = row.away
    if isinstance(webhook.input, Transferred):
        away += max(0, int((now - datetime.fromisoformat(row.touched_at)).total_seconds()))
    served = max(0, int((now - started).total_seconds()) - away)
    facts = _facts(ports, tx, release, webhook, now, started=started, number=row.number, caller=row.caller)
    came = masked(release, state, webhook.input)
    taken = _take(release, state, came, turn=turn, served=served, facts=facts, now=now)
    events = taken.turn.events
    reply = ports.render(release, taken.turn.verbs, turn + 1, row.called)
    transferred = row.transferred or any(isinstance(e, TransferEnded) and e.outcome == "answered" for e in events)
    tx.advance(
        {
            "turn": turn,
            "state": encode_state(taken.turn.state),
            "touched_at": now.isoformat(),
            "quiet_until": _quiet_until(taken.turn.verbs, now),
            "away": away,
            "language": taken.turn.state.language,
            "transferred": transferred,
            "_call": webhook.call,
            "_version": row.version,
        }
    )
    _keep(tx, release, taken, webhook, reply, now, turn=turn, number=row.number, started=started)
    if _ended(events) or row.ended_by or webhook.hung_up:
        _mark_end(tx, webhook, taken, row.version + 1, now, ended_by=row.ended_by, transferred=transferred)
    return reply


def _facts(
    ports: Ports, tx: Transaction, release: Release, webhook: Webhook, now: datetime, *,
    started: datetime, number: int, caller: str,
) -> TurnFacts:  # fmt: skip
    def from_database(name: str) -> str | None:
        if name == "caller.visits":
            return str(tx.visits(caller, webhook.call)) if caller else None
        if name == "caller.open_cases":
            return str(tx.open_cases(caller)) if caller else None
        if name.startswith("switch."):
            return "yes" if tx.switches().get(name[7:]) else "no"
        return None

    return TurnFacts(
        release, now, started=started, number=number, caller=caller, pinned=ports.pinned_facts, more=from_database
    )


def _take(
    release: Release, state: State, came: Input, *, turn: int, served: int, facts: TurnFacts, now: datetime
) -> _Taken:
    taken = take_turn(release, state, Given(input=came, turn=turn, served=served, facts=facts), now)
    return _Taken(taken, Stored(at=now, input=came, served=served, facts=facts.read))


def _keep(
    tx: Transaction, release: Release, taken: _Taken, webhook: Webhook, reply: str, now: datetime, *,
    turn: int, number: int, started: datetime,
) -> None:  # fmt: skip
    events = taken.turn.events
    tx.insert_turn(
        {
            "call": webhook.call,
            "turn": turn,
            "at": now.isoformat(),
            "route": webhook.route,
            "fingerprint": webhook.fingerprint,
            "input": _encode_input(taken.stored),
            "reply": reply,
            "digest": digest(events),
            "note": "hung up" if webhook.hung_up else None,
        }
    )
    if isinstance(came := taken.stored.input, Recording):
        known = {"turn": turn, "seconds": came.seconds, **({"url": came.url} if came.url else {})}
        tx.put_recording(came.recording, webhook.call, known, fill=True)
    keep_cases(tx, release, events, call=webhook.call, number=number, turn=turn, started=started, now=now)


def digest(events: Sequence[Event]) -> bytes:
    """16 bytes that stand for a turn's events when a replay compares them."""
    return hashlib.blake2b(_encode_events(events), digest_size=16).digest()


def _ended(events: Sequence[Event]) -> Disposition | None:
    found = [event.disposition for event in events if isinstance(event, Ended)]
    return found[-1] if found else None


def _mark_end(
    tx: Transaction, webhook: Webhook, taken: _Taken, version: int, now: datetime, *,
    ended_by: str | None, transferred: bool,
) -> None:  # fmt: skip
    """The end is a mark beside the position: a turn taken after it only concludes it again."""
    flow_ended = _ended(taken.turn.events)
    if webhook.hung_up and transferred:
        flow_ended = None  # gone while talking to a person: what the flow said after it was for nobody
    complete = any(not row.partial for row in tx.cases(webhook.call))
    disposition = conclude(flow_ended=flow_ended, transferred=transferred, complete_case=complete)
    by = "carrier" if webhook.hung_up or ended_by == "carrier" else "flow"
    if ended_by == "sweeper" and not flow_ended and not webhook.hung_up:
        tx.update_call(webhook.call, version, {"ended_at": None, "ended_by": None, "disposition": None})
        return
    values: Mapping[str, object] = {"ended_at": now.isoformat(), "ended_by": by, "disposition": disposition}
    tx.update_call(webhook.call, version, values)


def _quiet_until(verbs: Sequence[Verb], now: datetime) -> str:
    """The longest the last document may keep the line silent, with a margin: before that no sweep may guess."""
    seconds: float = HOLD_SECONDS
    match verbs[-1]:
        case Ask(wait=wait):
            seconds += wait
        case RecordVerb(at_most=at_most, wait=wait):
            seconds += at_most + wait
        case TransferVerb():
            seconds += TRANSFER_SECONDS
    return (now + timedelta(seconds=seconds)).isoformat()
