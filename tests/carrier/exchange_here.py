"""An exchange with a clock of its own, and requests to it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.answering import Answer
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.rest import Request, handle

SID, TOKEN = "AC" + "1" * 32, "a token"
CALLS = f"/2010-04-01/Accounts/{SID}/Calls"
OURS, CUSTOMER = "+862155500000", "+862155501234"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "http://127.0.0.1:8000/voice/out/a1"
WISH: dict[str, Any] = {"To": CUSTOMER, "From": OURS, "Url": URL}
ALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def account(**more: Any) -> Account:
    """An account with two numbers, one of them proved to be its own."""
    usual: dict[str, Any] = {"numbers": (OURS,), "caller_ids": ("+862155500001",), "prefixes": ("+86", "+1")}
    return Account(sid=SID, token=TOKEN, **{**usual, **more})


def exchange(*, faults: Faults | None = None, **more: Any) -> tuple[Exchange, Clock]:
    """An exchange on which calls get the ids CA…1, CA…2 and so on."""
    clock, ids = Clock(), count(1)
    made = Exchange(
        account=account(**more), clock=clock, faults=faults or Faults(), new_sid=lambda: f"CA{next(ids):032x}"
    )
    return made, clock


def basic(user: str = SID, secret: str = TOKEN) -> str:
    """The header of a user."""
    return "Basic " + b64encode(f"{user}:{secret}".encode()).decode()


def form_of(values: dict[str, Any]) -> dict[str, Sequence[str]]:
    """A form as it arrives: every name with its values, None left out."""
    return {name: [value] if isinstance(value, str) else value for name, value in values.items() if value is not None}


def place(made: Exchange, **changes: Any) -> Answer:
    """Ask for a call; the answer, which must not be lost."""
    request = Request(method="POST", path=f"{CALLS}.json", form=form_of({**WISH, **changes}), authorization=basic())
    answer = handle(made, request)
    assert answer is not None
    return answer


def get(made: Exchange, path: str, **query: Any) -> dict[str, Any]:
    """Ask for something; its JSON."""
    answer = handle(made, Request(method="GET", path=path, query=form_of(query), authorization=basic()))
    assert answer is not None
    assert answer.status == 200, answer.body
    return dict(answer.body or {})


def code(answer: Answer) -> tuple[int, int]:
    """Status and error number of a refusal."""
    assert answer.body is not None
    return answer.status, answer.body["code"]
