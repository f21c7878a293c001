"""What happens to a voice webhook, in order: find its turn, take it or repeat its reply, keep all of it, answer.

Everything happens in one transaction: turn, state, cases and the end of the call commit together before the document
leaves, or nothing does. Where another request of the call was faster, `retried` decides again from what it has kept.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from hashlib import blake2b

import msgspec

from ivr.call.events import Event, TransferEnded
from ivr.call.inputs import (
    Digits,
    Given,
    Input,
    NoInput,
    Recording,
    ReplyRefused,
    Resume,
    Speech,
    Start,
    Stored,
    Transferred,
)
from ivr.call.state import LaterVersion, decode_state, encode_state, later_fields
from ivr.engine.conclude import person_asked
from ivr.engine.masking import masked
from ivr.engine.turn import begin, take_turn
from ivr.errors import NoSuch, StoreUnavailable
from ivr.messages.message import Message
from ivr.service.calls.close import after_turn, begun_by, expected_by, new_call
from ivr.service.calls.turn_facts import CallHeader, PastFacts, TurnFacts
from ivr.service.calls.turn_in_progress import Answer, CallBefore, TurnInProgress, TurnTaken, Webhook
from ivr.service.calls.turn_rule import decide
from ivr.service.calls.without_release import fail_call
from ivr.service.cases.keep_cases import keep_cases
from ivr.service.outgoing.attempt_facts import AboutAttempt
from ivr.service.outgoing.note_attempt import keep_said
from ivr.service.ports import Ports
from ivr.service.retried import retried
from ivr.service.rows import CallRow, RecordingRow, TurnRecord, stamp

log = logging.getLogger("ivr.calls")
_encode_input = msgspec.json.Encoder(order="sorted").encode
_encode_events = msgspec.msgpack.Encoder(order="sorted").encode


def handle_call(ports: Ports, webhook: Webhook) -> Answer:
    """The answer to a webhook. `StoreUnavailable` where the database cannot be used in time."""
    opening = ports.opening(webhook)
    return retried(ports.store, lambda tx: _answer(TurnInProgress(ports, tx, webhook, opening, ports.clock())))


def _answer(exchange: TurnInProgress) -> Answer:
    tx, webhook = exchange.tx, exchange.webhook
    row = tx.call(webhook.call)
    k, n = row.turns_taken if row else None, _turn_meant(exchange, row)
    same = bool(k and n < k) and _asked_before(exchange, n)
    decision = decide(k, n, same_fingerprint=same, erased=bool(row and row.erased_at))
    if decision == "first turn":
        return _first_turn(exchange, row)
    assert row is not None
    if decision == "next turn":
        return _next_turn(exchange, row)
    if decision == "farewell":
        return Answer(_farewell(exchange), outcome="farewell")
    stored = tx.reply(webhook.call, n if decision == "reply of n" else row.turns_taken)
    document = (stored.reply if stored else None) or _farewell(exchange)
    if n > row.turns_taken + 1:
        told = "turn_from_future: call %s is at turn %d, the request at %d"
        return Answer(document, [partial(log.error, told, webhook.call, row.turns_taken, n)], "repeated")
    return Answer(document, outcome="repeated")


def _farewell(exchange: TurnInProgress) -> str:
    """The document that only says goodbye: whom we have phoned is not thanked for a call."""
    ports, webhook = exchange.ports, exchange.webhook
    return ports.neutral if webhook.attempt or webhook.direction == "outgoing" else ports.farewell


def _turn_meant(exchange: TurnInProgress, row: CallRow | None) -> int:
    """The turn the URL names. Where the provider refused the last document, the next one; its repeat means the last."""
    webhook, k = exchange.webhook, row.turns_taken if row else 0
    if not k or not isinstance(webhook.input, ReplyRefused):
        return webhook.turn
    last = exchange.tx.reply(webhook.call, k)
    return k if last and last.fingerprint == webhook.fingerprint else k + 1


def _asked_before(exchange: TurnInProgress, turn: int) -> bool:
    """Whether this very request has taken that turn. Where no fingerprint was kept it is taken for its repeat."""
    past = exchange.tx.reply(exchange.webhook.call, turn)
    return past is not None and past.fingerprint in (None, exchange.webhook.fingerprint)


def _first_turn(exchange: TurnInProgress, row: CallRow | None) -> Answer:
    tx, webhook, opening = exchange.tx, exchange.webhook, exchange.opening
    if opening is None:
        told = "call %s is none that this hotline knows of: it hears goodbye and is not kept"
        return Answer(_farewell(exchange), [partial(log.warning, told, webhook.call)], "farewell")
    name = opening.release or tx.current_release()
    if not name:
        raise NoSuch(Message("service.call.no-release"))
    release = exchange.ports.release(name)
    if not opening.release:
        tx.require_release(name)
    entry = opening.entry or release.numbers.get(webhook.line, release.default)
    about = AboutAttempt(exchange, release, opening.attempt) if opening.attempt else None
    past = PastFacts(tx, webhook.customer, webhook.call, about)
    past.read_all(release)
    number, simulated = tx.next_number(), opening.simulated
    header = CallHeader(number, exchange.now, webhook.customer, webhook.call, simulated, webhook.line)
    before = CallBefore(header, release, begin(release, entry, opening.language))
    taken = _take(exchange, before, Start(opening.language), past)
    reply = exchange.ports.render(release, taken.turn.verbs, 2, webhook.line)
    known = row or new_call(webhook.call, webhook.customer, webhook.line, exchange.now)
    begun = begun_by(known, webhook, opening)._replace(
        number=header.number, release=name, entry=entry, started_at=stamp(exchange.now)
    )
    return Answer(reply, opened=_keep(exchange, begun, taken, reply))


def _next_turn(exchange: TurnInProgress, row: CallRow) -> Answer:
    ports, webhook, now = exchange.ports, exchange.webhook, exchange.now
    assert row.release and row.state is not None and row.number is not None
    try:
        release = ports.release(row.release)
    except NoSuch as gone:
        told = partial(log.error, "call %s is ended as failed: %s", webhook.call, gone)
        return Answer(fail_call(exchange, row), [told], "apology")
    state, came = decode_state(row.state), _meant(webhook)
    started = datetime.fromisoformat(row.started_at)
    header = CallHeader(row.number, started, row.customer, webhook.call, bool(row.simulated), row.line)
    transfer_seconds = row.transfer_seconds
    if isinstance(came, Transferred):
        transfer_seconds += max(0, int((now - datetime.fromisoformat(row.last_turn_at)).total_seconds()))
    before = CallBefore(header, release, state, row.turns_taken, transfer_seconds)
    about = AboutAttempt(exchange, release, row.attempt) if row.attempt else None
    past = PastFacts(exchange.tx, row.customer, webhook.call, about)
    taken = _take(exchange, before, masked(release, state, came), past)
    reply = ports.render(release, taken.turn.verbs, taken.number + 1, row.line)
    return Answer(reply, opened=_keep(exchange, row, taken, reply))


def _meant(webhook: Webhook) -> Input:
    """What came in. Nothing after a "please wait" document is not silence: the question had not been asked."""
    return Resume() if webhook.after_hold and isinstance(webhook.input, NoInput) else webhook.input


def _take(exchange: TurnInProgress, before: CallBefore, came: Input, past: PastFacts) -> TurnTaken:
    """The engine's turn. Handling time is what has passed since the call began, without the time in transfers."""
    now, header = exchange.now, before.header
    pinned = exchange.opening.facts if exchange.opening else None
    facts = TurnFacts(before.release, now, header, pinned=pinned, stored=past.get)
    seconds = max(0, int((now - header.started).total_seconds()) - before.transfer_seconds)
    given = Given(input=came, turn=before.turns + 1, handling_seconds=seconds, facts=facts)
    turn = take_turn(before.release, before.state, given, now)
    return TurnTaken(before, turn, Stored(at=now, input=came, handling_seconds=seconds, facts=facts.read))


def _keep(exchange: TurnInProgress, row: CallRow, taken: TurnTaken, reply: str) -> Sequence[str]:
    """The turn's own row, the recording it brought, the cases its events speak of, and the call's row after it; the
    kinds of the cases that it opens, unless nobody real has called."""
    tx, webhook, came = exchange.tx, exchange.webhook, taken.stored.input
    tx.add_turn(
        TurnRecord(
            call=webhook.call,
            turn=taken.number,
            at=stamp(exchange.now),
            route=webhook.route,
            fingerprint=_fingerprint(webhook, came),
            input=_encode_input(taken.stored),
            reply=reply,
            digest=digest(taken.turn.events),
            note="hung up" if webhook.hung_up else None,
        )
    )
    if isinstance(came, Recording):
        news = RecordingRow(came.recording, webhook.call, taken.number, came.url or None, came.seconds)
        tx.put_recording(news, fill=True)
    cases = keep_cases(tx, taken)
    keep_said(exchange, taken, row.attempt or "", cases.rows or ())
    tx.put_call(after_turn(exchange, _progress(exchange, row, taken), taken, cases.rows))
    return () if taken.before.header.simulated else cases.opened


def _fingerprint(webhook: Webhook, kept: Input) -> bytes | None:
    """None where the request holds an entry that is not kept as it came: it could be guessed by the fingerprint."""
    unkept = kept != webhook.input and isinstance(webhook.input, Digits | Speech)
    return None if unkept else webhook.fingerprint


def _progress(exchange: TurnInProgress, row: CallRow, taken: TurnTaken) -> CallRow:
    try:
        later = later_fields(row.state) if row.state else ()
    except LaterVersion as grown:
        raise StoreUnavailable(Message("service.call.later-version", call=row.call)) from grown
    met = any(isinstance(event, TransferEnded) and event.outcome == "answered" for event in taken.turn.events)
    gone = exchange.webhook.hung_up and not met  # whoever hangs up while it rings has not waited for nobody
    person = row.person if gone else person_asked(row.person, taken.before.release, taken.turn.events)
    return row._replace(
        turns_taken=taken.number,
        state=encode_state(taken.turn.state, later),
        last_turn_at=stamp(exchange.now),
        expected_by=stamp(expected_by(taken.turn.verbs, exchange.tx.now())),
        transfer_seconds=taken.before.transfer_seconds,
        language=taken.turn.state.language,
        person=person,
    )


def digest(events: Sequence[Event]) -> bytes:
    """16 bytes that stand for a turn's events when a replay compares them."""
    return blake2b(_encode_events(events), digest_size=16).digest()
