"""One round of phoning customers: find out what became of what was sent, then place what is due.

A follow-up is claimed and its attempt put on record in one transaction, before anybody is asked for a call: whoever
dies after it leaves an attempt of which somebody finds out, and which is never simply dialled again.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ivr.case.case import asked_at
from ivr.flow.model import Release
from ivr.service.cases.case_rows import case_of
from ivr.service.outgoing.dialler_port import Dialler, Doubtful, NotPlaced, Placed, Placing
from ivr.service.outgoing.finding_out import find_out
from ivr.service.outgoing.follow_case import PHONED, live_release
from ivr.service.outgoing.hear import News, end_unreached, hear, in_hand
from ivr.service.outgoing.may_call import DAY, Known, NotNow, Rules, may_call, rules_of
from ivr.service.outgoing.meanwhile import TOLD_AGAIN, Meanwhile, meanwhile, to_other
from ivr.service.outgoing.number_keys import keys_of, number_masked
from ivr.service.outgoing.outgoing_rows import LIVE, SANDBOX, SWITCH, AttemptRow, Claim, FollowUpRow
from ivr.service.outgoing.rounds import Next, tries_of, with_next
from ivr.service.ports import Conflict, Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import stamp
from ivr.service.work import GoOn

log = logging.getLogger("ivr.outgoing")
AT_ONCE = 20
"""Follow-ups looked at in one reading, and calls of a flow placed in one round."""
SOON = timedelta(seconds=10)
"""When what was certainly not placed, for no fault of its own, is tried again."""
LATER = timedelta(minutes=15)
"""When it is where the provider refuses it for a fault of ours."""
MOST_LOST = 60
"""Claims lost to other workers before a round gives up: each loss is a call of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialling:
    """What phoning customers needs. `dialler` is None where there is nothing to place calls with; `allowed` is the
    setting of this process, without which nothing is placed but all else is done. `simulated`: it is a sandbox, whose
    calls go nowhere: invented cases are followed up, and no customer's, for whom that would be a try. `url` is our
    public URL."""

    ports: Ports
    dialler: Dialler | None
    allowed: bool
    url: str
    simulated: bool = False

    def phones(self) -> tuple[bool, bool]:
        """Whose follow-ups: of customers (False), of invented cases (True), from the one to the other. In a database of
        its own a sandbox has no customers, and phones everybody."""
        if not self.simulated:
            return False, False
        with self.ports.store.transaction() as tx:
            return not tx.switches().get(SANDBOX), True


def dial_round(dialling: Dialling, go_on: GoOn = lambda: True) -> Counter[str]:
    """Do one round; how many attempts were placed, refused, doubtful, found and given up."""
    done: Counter[str] = Counter()
    if dialling.dialler is None:
        return done
    find_out(dialling.ports, dialling.dialler, done)
    live = dialling.ports.store.current_release()
    if not dialling.allowed or not live:
        return done
    release = dialling.ports.release(live)
    for flow in release.outgoing:
        if not go_on():
            break
        _FlowRound(dialling, release, flow, done).run(go_on)
    return done


class _Lost(Exception):
    """Somebody else was faster, or the number was blocked meanwhile."""


class _FlowRound:
    """The calls of one flow in a round."""

    def __init__(self, dialling: Dialling, release: Release, flow: str, done: Counter[str]) -> None:
        self._dialling, self._flow, self._done = dialling, flow, done
        self._ports = dialling.ports
        rules = rules_of(release, flow)
        assert rules is not None
        self._rules: Rules = rules

    def run(self, go_on: GoOn) -> None:
        """Place what is due, the longest due first, until none may be placed now or enough were looked at."""
        seen = lost = 0
        while seen < AT_ONCE and lost < MOST_LOST and go_on():
            now = self._ports.store.now()
            due = self._ports.store.due_follow_ups(self._flow, stamp(now), self._dialling.phones(), AT_ONCE)
            if not due:
                return
            for row in due:
                if not go_on():
                    return
                try:
                    if not self._one(row):
                        return
                    seen += 1
                except (_Lost, Conflict):
                    lost += 1
                    break  # look again: what was read is old

    def _one(self, row: FollowUpRow) -> bool:
        """Phone one of them, or put it off; whether the round goes on."""
        keys = keys_of(self._ports, row.to or "")
        found = self._claimed(row, keys)
        if isinstance(found, NotNow):
            return found.of == "number"
        return self._place(row, found)

    def _claimed(self, row: FollowUpRow, keys: Sequence[str]) -> AttemptRow | NotNow:
        """The attempt, which is on record from now on; or why there is none now, and then when it is tried again."""
        with self._ports.store.transaction() as tx:
            return self._claim(tx, row, keys)

    def _claim(self, tx: Transaction, row: FollowUpRow, keys: Sequence[str]) -> AttemptRow | NotNow:
        now = tx.now()
        read = tx.follow_up(row.follow_up)
        if read is None or read.state != "waiting" or read.version != row.version:
            raise _Lost
        attempts = tx.attempts(row.follow_up)
        known = known_of(tx, self._rules, row, keys)
        if why := may_call(self._rules, known):
            _put_off(self._ports, tx, row, why)
            return why
        pace = timedelta(seconds=self._rules.outgoing.pace)
        attempt = AttemptRow(
            attempt=secrets.token_hex(16),
            follow_up=row.follow_up,
            n=len(attempts) + 1,
            to_key=row.to_key,
            from_number=self._rules.outgoing.from_number,
            intended_at=stamp(now),
            state="intended",
        )
        since, most = stamp(now - DAY), self._rules.outgoing.each_number
        asked = stamp(known.asked_at) if known.asked_at else ""
        tx.claim(Claim(row, attempt, keys, since, most, _micros(now + pace), tx.next_dial(self._flow), asked))
        return attempt

    def _place(self, row: FollowUpRow, attempt: AttemptRow) -> bool:
        """Ask for the call; whether the round goes on. Nothing is written where nobody knows whether it was placed."""
        dialler = self._dialling.dialler
        assert dialler is not None and row.to
        done = dialler.place(placing_of(self._dialling.url, self._rules, row.to, attempt))
        told = "attempt %d of follow-up to %s: %s"
        match done:
            case Placed(call):
                self._done["placed"] += 1
                retried(self._ports.store, lambda tx: _heard(self._ports, tx, attempt.attempt, News(call=call)))
                return True
            case Doubtful():
                self._done["doubtful"] += 1
                log.warning(told, attempt.n, number_masked(row.to), done.sentence)
                return True
            case NotPlaced():
                self._done["refused"] += 1
                log.warning(told, attempt.n, number_masked(row.to), done.sentence)
                retried(self._ports.store, lambda tx: not_placed(self._ports, tx, attempt.attempt, done))
                return done.never


def known_of(tx: Transaction, rules: Rules, row: FollowUpRow, keys: Sequence[str]) -> Known:
    """What is known of a follow-up before it is phoned."""
    now, flow = tx.now(), row.flow
    midnight = now.astimezone(ZoneInfo(rules.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    blocked, next_dial = tx.blocked_number(keys), tx.next_dial(flow)
    phoned = tx.phoned_since(keys, stamp(now - DAY))
    case = tx.case(row.number) if row.number is not None else None
    return Known(
        now=now,
        number=row.to,
        switched=bool(tx.switches().get(SWITCH)),
        moved_on=case is not None and case.status != PHONED,
        blocked=blocked.why if blocked else "",
        blocked_at=datetime.fromisoformat(blocked.since) if blocked else None,
        asked_at=asked_at(case_of(case), row.to or "") if case else None,
        on_the_phone=any(state in LIVE for _, state in phoned),
        due_at=datetime.fromisoformat(row.due_at),
        put_off=datetime.fromisoformat(row.not_before) if row.not_before else None,
        tries=tries_of(row, tx.attempts(row.follow_up)),
        phoned=[datetime.fromisoformat(at) for at, state in phoned if state != "refused"],
        today=tx.dialled_since(flow, stamp(midnight)),
        tomorrow=(midnight + timedelta(days=1)).astimezone(now.tzinfo),
        next_dial=datetime.fromtimestamp(next_dial / 1_000_000, now.tzinfo) if next_dial else None,
    )


def placing_of(url: str, rules: Rules, to: str, attempt: AttemptRow) -> Placing:
    """What the network is asked for. Each URL names the attempt, so that whatever comes back explains itself."""
    ours = f"{url}/voice/out/{attempt.attempt}"
    detection = rules.outgoing.detection
    return Placing(
        to=to,
        from_number=attempt.from_number,
        url=ours,
        fallback=f"{ours}/fallback",
        status_callback=f"{ours}/status",
        detection=detection,
        detection_callback=f"{ours}/detection" if detection == "async" else "",
    )


def not_placed(ports: Ports, tx: Transaction, name: str, why: NotPlaced) -> None:
    """The attempt was certainly not placed: no try is burnt. A number that cannot be phoned stops its follow-up."""
    known = tx.attempt(name)
    if known is None or known[0].state != "intended":
        return  # the call came all the same
    attempt = known[0]._replace(state="refused", error=str(why.sentence)[:200], ended_at=stamp(tx.now()))
    tx.put_follow_up(_refused(ports, tx, known, why), [attempt])


def _refused(ports: Ports, tx: Transaction, known: tuple[AttemptRow, FollowUpRow], why: NotPlaced) -> FollowUpRow:
    row = known[1]
    hand = in_hand(ports, tx, row) if row.state == "dialling" else None
    since = meanwhile(ports, tx, known, hand.case) if hand else Meanwhile()
    if since.told_again:
        return with_next(row, Next(None, TOLD_AGAIN))
    if since.other:
        release = live_release(ports)
        return to_other(ports, tx, row, since.other, rules_of(release, row.flow) if release else None)
    if why.never:
        return row._replace(state="stopped", reason="not_reachable")
    if row.state != "dialling":
        return row
    return with_next(row, Next(tx.now() + (SOON if why.again else LATER), put_off=True))


def _heard(ports: Ports, tx: Transaction, name: str, news: News) -> None:
    known = tx.attempt(name)
    if known is not None:
        hear(ports, tx, known, news)


def _put_off(ports: Ports, tx: Transaction, row: FollowUpRow, why: NotNow) -> None:
    """Leave it until it may be phoned, so that it keeps nobody behind it waiting; or stop it for good. Its place is by
    when it was due: who has waited longest is phoned first when the hours begin."""
    if why.of != "number":
        return
    if why.code == "tried_out":  # a later release allows fewer tries than there were
        end_unreached(ports, tx, row)
    elif why.again is None:
        tx.put_follow_up(row._replace(state="stopped", reason=why.code))
    else:
        tx.put_follow_up(with_next(row, Next(max(why.again, tx.now() + timedelta(seconds=1)), put_off=True)))


def _micros(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)
