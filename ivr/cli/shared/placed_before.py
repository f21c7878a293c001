"""What there is before a fixture's call to a customer rings: a case that was told, a follow-up, and its attempt."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from ivr.call.case_number import case_number
from ivr.case.case import By, Case
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.fixture import FixtureFields
from ivr.replay.placed_fields import CaseBefore
from ivr.replay.placed_scene import days
from ivr.service.calls.turn_facts import case_due
from ivr.service.cases.case_rows import case_row, event_row
from ivr.service.cases.deadlines import as_facts
from ivr.service.cases.keep_move import keep_move
from ivr.service.outgoing.number_keys import keys_of
from ivr.service.outgoing.outgoing_rows import SWITCH, AttemptRow, Claim, FollowUpRow
from ivr.service.ports import Ports
from ivr.service.rows import CaseEventRow, CaseRow, stamp

LEAD = By("li", "lead")
MANY = 1_000
SetClock = Callable[[datetime], None]


class CannotPlace(Exception):
    """What a fixture says of the case cannot be; `why` is a sentence."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def placed_before(ports: Ports, set_clock: SetClock, fields: FixtureFields, release: Release) -> str:
    """Put on record what there is before the call, through the moves of a case as staff make them. The name of the
    attempt, of which the network has taken the call on. `CannotPlace` where a move is refused."""
    number = None
    if fields.case is not None:
        number = _told(ports, set_clock, fields, release)
    set_clock(fields.at)
    ports.store.set_switch(SWITCH, on=True)
    row = _follow_up(ports, fields, number, release)
    return _attempt(ports, row, release.outgoing[fields.outgoing].from_number)


def _told(ports: Ports, set_clock: SetClock, fields: FixtureFields, release: Release) -> int:
    """A case of that day that was decided and told; its number."""
    assert fields.case is not None
    opened, told = days(fields.case, fields.at, release)
    set_clock(opened)
    number = _opened(ports, fields, fields.case, release)
    set_clock(told)
    decided = {"outcome": "explained", "reasons": "-", "answer": fields.case.answer}
    for kind, given in (("taken", {}), ("decided", decided), ("told", {"how": "phone"})):
        done = keep_move(ports, number, Move(kind, given), LEAD)
        if not isinstance(done, CaseRow):
            raise CannotPlace(_why(done))
    return number


def _opened(ports: Ports, fields: FixtureFields, case: CaseBefore, release: Release) -> int:
    now = ports.clock()
    due = case_due(release, case.kind, now)
    clocks = release.cases[case.kind].clocks("") if case.kind in release.cases else []
    given = {
        "kind": case.kind, "clock": clocks[-1] if clocks else "", "opened_at": stamp(now),
        "customer": fields.customer, "simulated": "yes", **(as_facts(due, release, now) if due else {}),
    }  # fmt: skip
    moves = [Move("opened", given, None, None, fields.language or release.first_language)]
    moves += [Move("noted", {"name": case.name})] if case.name else []
    with ports.store.transaction() as tx:
        number = case_number(tx.next_number(), case.kind)
        made: Case | None = None
        events = []
        for wanted in moves:
            happened = move(made, wanted, By("caller", "caller"), now)
            if isinstance(happened, Refused):
                raise CannotPlace(_why(happened))
            made = fold(made, happened)
            events.append(event_row(number, happened))
        assert made is not None
        tx.put_case(case_row(number, made)._replace(version=0), events)
    return number


def _why(refused: object) -> Message:
    return refused.why if isinstance(refused, Refused) else Message("store.conflict.version")


def _follow_up(ports: Ports, fields: FixtureFields, number: int | None, release: Release) -> FollowUpRow:
    """The follow-up that the case was given, else one of its own; due now, whatever the hours are."""
    now, key = ports.store.now(), keys_of(ports, fields.customer)[0]
    known = ports.store.follow_ups_of(number)[-1] if number and ports.store.follow_ups_of(number) else None
    made = FollowUpRow(
        follow_up=known.follow_up if known else secrets.token_hex(4), number=number, survey=None if number else "-",
        flow=fields.outgoing, to=fields.customer, to_key=key, language=fields.language or release.first_language,
        state="waiting", reason=None, made_at=known.made_at if known else stamp(now), due_at=stamp(now),
        version=known.version if known else 0, simulated=True,
    )  # fmt: skip
    with ports.store.transaction() as tx:
        tx.put_follow_up(made)
    with ports.store.transaction() as tx:
        kept = tx.follow_up(made.follow_up)
    assert kept is not None
    return kept


def _attempt(ports: Ports, row: FollowUpRow, from_number: str) -> str:
    """An attempt claimed as a worker claims it."""
    now, name = ports.store.now(), secrets.token_hex(16)
    attempt = AttemptRow(
        attempt=name, follow_up=row.follow_up, n=1, to_key=row.to_key, from_number=from_number,
        intended_at=stamp(now), state="intended",
    )  # fmt: skip
    keys, since = keys_of(ports, row.to or ""), stamp(now - timedelta(days=1))
    with ports.store.transaction() as tx:
        dialled = tx.next_dial(row.flow)
        tx.claim(Claim(row, attempt, keys, since, MANY, int(now.astimezone(UTC).timestamp() * 1e6), dialled))
    return name


def result_of(ports: Ports, attempt: str) -> str | None:
    """What came of an attempt."""
    found = ports.store.outgoing_attempt(attempt)
    return found[0].result if found else None


def noted_by(ports: Ports, attempt: str, call: str) -> Mapping[str, str]:
    """What a call has put on the case its attempt is about."""
    found = ports.store.outgoing_attempt(attempt)
    if found is None or found[1].number is None:
        return {}
    with ports.store.transaction() as tx:
        events = [event for event in tx.case_events(found[1].number) if event.call == call and event.kind == "noted"]
    noted: dict[str, str] = {}
    for event in events:
        noted |= _words(event)
    return noted


def _words(event: CaseEventRow) -> Mapping[str, str]:
    return {**json.loads(event.facts or "{}"), **json.loads(event.personal or "{}")}
