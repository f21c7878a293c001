"""`ivr call --answer`: a customer's telephone in the terminal, which a sandbox makes ring."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ivr.app.database import opened
from ivr.app.dialler import no_exchange
from ivr.call.phone import in_groups
from ivr.carrier.exchange.far_end import ExchangeGone, FarExchange, TakenElsewhere
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.phone_call import PhoneCall
from ivr.cli.shared.case_lines import case_line, echo_line
from ivr.cli.shared.echo import echo
from ivr.cli.shared.terminal_phone import converse, speak, typed_line
from ivr.config import Settings
from ivr.errors import NoDatabase
from ivr.messages.message import Message
from ivr.replay.carrier_words import said_by_carrier

WAIT_SECONDS = 20
MACHINE_LISTENS = 20
"""How many questions a machine leaves unanswered before it has recorded enough."""
PERSON, MACHINE = "human", "machine_start"
TAKEN_BY = {"": PERSON, "m": MACHINE, "n": ""}
"""What is typed when it rings, and who takes the call up: nobody where it is empty."""


def be_phoned(settings: Settings) -> None:
    """Wait for a call, and take it up or not as is typed. Ends with the call, or when nobody takes it up. How the case
    that it was about stands then is the last line.

    `NoExchange` where no sandbox runs, or it ends meanwhile.
    """
    exchange = FarExchange(settings.exchange_port)
    try:
        call = _next(exchange)
        while not _answered(exchange, call):
            call = _next(exchange)
    except ExchangeGone as gone:
        raise no_exchange(settings.exchange_port) from gone
    with suppress(NoDatabase):  # the sandbox may have another one
        if case := _case_of(settings, call.call):
            echo_line(case_line(case))


def _case_of(settings: Settings, call: str) -> dict[str, Any] | None:
    """The case that a call was about, as it stands."""
    with opened(settings) as database:
        with database.ports.store.transaction() as tx:
            row = tx.call(call)
            attempt = tx.attempt(row.attempt) if row and row.attempt else None
        number = attempt[1].number if attempt else None
        return database.reports().one(number) if number else None


def _next(exchange: FarExchange) -> RingingCall:
    """The call that rings longest, or the next one."""
    ringing = exchange.ringing(0)
    if not ringing:
        echo(Message("call-command.waiting"))
        sys.stdout.flush()
    while not ringing:
        ringing = exchange.ringing(WAIT_SECONDS)
    return ringing[0]


def _answered(exchange: FarExchange, call: RingingCall) -> bool:
    """Take a call up, or let it be, as is typed; False where it did not ring any more."""
    by = _asked(call)
    try:
        if not by:
            exchange.decline(call.call, "no-answer")
            echo(Message("call-command.not-answered"))
            return True
        exchange.answer(call.call, by)
    except TakenElsewhere:
        echo(Message("call-command.rings-no-more"))
        return False
    with _in_progress(exchange, call) as phone:
        if by == MACHINE:
            _record_it(call, phone)
        else:
            converse(phone, lambda: call.take_up(phone, by))
    echo(Message("call-command.over"))
    return True


def _asked(call: RingingCall) -> str:
    """Who takes the call up; empty where nobody does."""
    terminal = sys.stdin.isatty()
    echo(Message("call-command.ringing", number=in_groups(call.to)))
    while True:
        sys.stdout.flush()
        line = typed_line("", terminal)
        typed = "n" if line is None else line.strip().lower()
        if typed in TAKEN_BY:
            return TAKEN_BY[typed]
        echo(Message("call-command.answers-not", line=typed))


@contextmanager
def _in_progress(exchange: FarExchange, call: RingingCall) -> Iterator[PhoneCall]:
    """The telephone for as long as the call lasts; the network is told when it is over."""
    phone = call.telephone(exchange.delivery(call.call))
    try:
        yield phone
        for said in phone.refused:
            echo(Message("call-command.refused", what=said_by_carrier(said)), err=True)
    finally:
        with suppress(TakenElsewhere):  # the network was faster
            exchange.hang_up(call.call)


def _record_it(call: RingingCall, phone: PhoneCall) -> None:
    """What a machine hears: it answers nothing."""
    call.take_up(phone, MACHINE)
    speak(phone)
    for _ in range(MACHINE_LISTENS):
        if phone.waiting not in ("gather", "record"):
            break
        phone.silence()
        speak(phone)
    phone.hang_up()
