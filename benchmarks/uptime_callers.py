"""Callers of the uptime run: random people on one line, each request timed, each call judged when it is over."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlencode

from chaos_judge import CallJudge
from chaos_ledger import Answer, Attempt, CallLedger, worth
from chaos_record import Record
from uptime_server import TOKEN, Served

from ivr.app.database import opened
from ivr.carrier.callers import RandomCaller
from ivr.carrier.delivery import DeliveredRequest, Delivery
from ivr.carrier.line import HttpLine, LineFailed, Reply
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.config import Settings

CALLED = "+862155500000"


@dataclass(slots=True)
class TimedLine:
    """HTTP; how long each request took, and which failed."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _line: HttpLine = field(default_factory=HttpLine)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        """As the line beneath."""
        began = time.monotonic()
        try:
            return self._line.post(url, body, headers, timeout)
        except LineFailed as failed:
            self.failed.append(str(failed))
            raise
        finally:
            self.seconds.append(time.monotonic() - began)


@dataclass(slots=True)
class Called:
    """A call that is over."""

    phone: PhoneCall
    line: TimedLine


@dataclass(slots=True)
class Callers:
    """People who phone `hotline`; each thinks up to `thinks` seconds before each act."""

    hotline: Served
    thinks: float
    seed: int = 1
    over: list[Called] = field(default_factory=list)

    def phone(self, calls: int, at_once: int) -> None:
        """Make so many calls, so many at once; returns when the last is over."""
        with ThreadPoolExecutor(at_once) as pool:
            self.over += pool.map(self._call, range(calls))

    def _call(self, number: int) -> Called:
        chance = Random(f"{self.seed}/{number}")
        line = TimedLine()
        url = self.hotline.url
        phone = PhoneCall(
            delivery=Delivery(line, TOKEN),
            number=PhoneNumberSetup(
                voice=f"{url}/voice", status=f"{url}/voice/status#rc=2&rp=all", fallback=f"{url}/voice/fallback"
            ),
            caller=f"+1202555{chance.randrange(100, 200):04d}",
            called=CALLED,
            call=f"CA{chance.getrandbits(128):032x}",
            pause=time.sleep,
        )
        RandomCaller(f"{self.seed}/{number}").play(phone, wait=lambda _: time.sleep(chance.uniform(0, self.thinks)))
        return Called(phone, line)

    def slowest(self) -> float:
        """Seconds of the slowest request."""
        return max((spent for one in self.over for spent in one.line.seconds), default=0.0)

    def judged(self) -> Counter[str]:
        """Calls that ended well, that heard of a fault, whose answers are lost; and what a replay finds wrong."""
        settings = Settings(
            database_url=f"sqlite:///{self.hotline.database}", tokens=(TOKEN,), public_url=self.hotline.url
        )
        found: Counter[str] = Counter()
        with opened(settings) as database:
            record = Record(database)
            for one in self.over:
                found.update(_judged(one, record))
        return found


def _judged(one: Called, record: Record) -> Counter[str]:
    unspecific = [
        text.encode() for text in (record.ports.apology(CALLED), record.ports.apology(""), record.ports.farewell)
    ]
    ledger = CallLedger(one.phone.call, [attempt_of(sent) for sent in one.phone.delivery.exchanges])
    judge = CallJudge(ledger, record.call(ledger.call), unspecific)
    broken = [*judge.broken(), *record.replayed(ledger.call)]
    worths = Counter(worth(attempt.answer, unspecific) for attempt in ledger.attempts if attempt.turn)
    well = not one.phone.refused and not worths["apology"]
    return Counter({
        "calls": 1,
        "well": well,
        "turns": len({attempt.turn for attempt in judge.answered}),
        "lost": any(item.invariant in ("lost", "other answer", "numbers", "notices") for item in broken),
        "broken": bool(broken),
        "heard": bool(worths["hold"] or worths["apology"]),
        "failed requests": len(one.line.failed),
    })  # fmt: skip


def attempt_of(sent: DeliveredRequest) -> Attempt:
    """A request as the judge wants it."""
    reply = sent.reply
    answer = Answer(reply.status, reply.kind, reply.body, len(reply.body)) if reply else None
    return Attempt(sent.url, urlencode(sent.pairs).encode(), sent.headers["X-Twilio-Signature"], 0, answer)


def percentile(seconds: Sequence[float], share: float) -> float:
    """The time within which so large a share was answered."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def today() -> str:
    """The day of the run."""
    return f"{datetime.now(UTC):%Y-%m-%d}"
