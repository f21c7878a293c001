"""What a move of a case does to the calls that are to be made about it, in the move's own transaction."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ivr.case.case import Case, CaseEvent
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.service.cases.deadlines import release_for
from ivr.service.outgoing.may_call import Rules, of_number, rules_of
from ivr.service.outgoing.number_keys import keys_of
from ivr.service.outgoing.outgoing_rows import FollowUpRow
from ivr.service.ports import Ports, Transaction
from ivr.service.rows import CaseRow, stamp

PHONED = "follow_up_due"
"""The status of a case whose customer is to be phoned."""
LETTER_DAYS = 5
"""Workdays a letter takes to be read."""


def follow_case(ports: Ports, tx: Transaction, before: CaseRow, after: Case, event: CaseEvent) -> None:
    """Write what the event means for the follow-ups of the case: one is born, gets another number, or is stopped."""
    if event.kind == "told" and after.status == PHONED:
        _born(ports, tx, before, after, event)
    elif event.kind == "contact" and after.status == PHONED:
        _another_number(ports, tx, before.number, after)
    elif before.status == PHONED and after.status != PHONED:
        for row in tx.follow_ups(before.number):
            if row.state == "waiting":
                tx.put_follow_up(row._replace(state="stopped", reason=event.kind))


def number_of(case: Case) -> str:
    """The number on which a customer is reached: the one they gave, else the one they phoned from."""
    return (case.personal or {}).get("phone") or case.customer


def _born(ports: Ports, tx: Transaction, before: CaseRow, case: Case, event: CaseEvent) -> None:
    release = release_for(ports, before)
    rule = release.cases.get(case.kind) if release else None
    if release is None or rule is None or not rule.follow_up:
        return
    name = f"{before.number}-{case.life.reopened + 1}"
    known, now, rules = tx.follow_up(name), tx.now(), rules_of(release, rule.follow_up)
    made = FollowUpRow(
        follow_up=name,
        number=before.number,
        survey=None,
        flow=rule.follow_up,
        to=None,
        to_key="",
        language=case.language or release.first_language,
        state="waiting",
        reason=None,
        made_at=stamp(now),
        due_at=stamp(now),
        version=known.version if known else 0,
        simulated=case.simulated,
    )
    made = with_number(ports, made, number_of(case), rules)
    if rules is not None and made.to:
        made = made._replace(due_at=stamp(first_due(rules, made.to, now, event.facts.get("how", ""))))
    tx.put_follow_up(made)


def with_number(ports: Ports, row: FollowUpRow, number: str, rules: Rules | None) -> FollowUpRow:
    """The row with the number to be phoned: it waits, or is stopped where no machine may phone that number."""
    key = keys_of(ports, number)[0]
    row = row._replace(to=number or None, to_key=key, state="waiting", reason=None, not_before=None)
    never = of_number(rules, number) if rules else None
    return row._replace(state="stopped", reason=never.code) if never else row


def first_due(rules: Rules, number: str, told: datetime, how: str) -> datetime:
    """When the customer may be phoned first: from the beginning of the hours, so many workdays after they were told;
    never before a letter has arrived."""
    hours, days = rules.hours(number), rules.outgoing.first_try
    days = max(days, LETTER_DAYS) if how == "letter" else days
    day = rules.workdays.add(told.astimezone(ZoneInfo(hours.zones[0].key)).date(), days)
    begins = hours.begin(day) if days else told
    return hours.next(begins) or begins + timedelta(days=1)


def _another_number(ports: Ports, tx: Transaction, number: int, case: Case) -> None:
    """The last follow-up, if it waits or was stopped, goes to the new number, which has tries of its own. One that is
    being phoned takes it at its end."""
    row = next(iter(tx.follow_ups(number)[-1:]), None)
    if row is None or row.state not in ("waiting", "stopped"):
        return
    release = live_release(ports)
    rules = rules_of(release, row.flow) if release else None
    made = with_number(ports, row, number_of(case), rules)._replace(made_at=stamp(tx.now()))
    if rules is not None and made.state == "waiting" and made.to:
        made = made if row.state == "waiting" else made._replace(due_at=stamp(tx.now()))
        due = max(tx.now(), datetime.fromisoformat(made.due_at))
        made = made._replace(not_before=stamp(rules.hours(number_of(case)).next(due) or due))
    tx.put_follow_up(made)


def live_release(ports: Ports) -> Release | None:
    """The release whose rules calls are made by; None where there is none, or it is not stored any more."""
    name = ports.store.current_release()
    with suppress(NoSuch):
        return ports.release(name) if name else None
    return None
