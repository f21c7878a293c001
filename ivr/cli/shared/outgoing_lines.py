"""Calls to customers as the commands print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ivr.app.database import Database
from ivr.call.phone import as_written
from ivr.case.case_words import clock_time, word
from ivr.cli.shared.command_line import local_settings
from ivr.errors import InvalidArgument
from ivr.messages.message import Message
from ivr.service.outgoing.outgoing_report import OutgoingReports


def reports_of(database: Database) -> OutgoingReports:
    """Reports as this installation sees it."""
    settings = local_settings()
    return OutgoingReports(database.ports, allowed=settings.outgoing, sandbox=settings.sandbox)


def with_calls(database: Database, number: int) -> dict[str, Any]:
    """The report of a case, with the calls to its customer. `NoSuch` where the number is nobody's."""
    return {**database.reports().one(number), "follow_ups": reports_of(database).of_case(number)}


def number_typed(text: str) -> str:
    """A number with + and its country in E.164. `InvalidArgument` for anything else."""
    found = as_written(text)
    if not found:
        raise InvalidArgument(Message("outgoing.no-e164", number=text))
    return found


STATES = {
    "waiting": "outgoing.state.waiting",
    "dialling": "outgoing.state.dialling",
    "done": "outgoing.state.done",
    "stopped": "outgoing.state.stopped",
}
ATTEMPTS = {
    "intended": "outgoing.attempt.intended",
    "placed": "outgoing.attempt.placed",
    "refused": "outgoing.attempt.refused",
    "unknown": "outgoing.attempt.unknown",
    "ended": "outgoing.attempt.ended",
}


def follow_up_line(report: dict[str, Any]) -> Message:
    """Somebody who is to be phoned, in a list."""
    return Message(
        "outgoing.list.line",
        name=report["follow_up"],
        number=report["to"] or "-",
        flow=report["flow"],
        state=Message(STATES[report["state"]]),
        why=report["why"],
    )


def calls_made(reports: Sequence[dict[str, Any]]) -> Iterator[Message]:
    """The attempts to reach the customer of a case, and why they are not phoned now. Where the provider took no calls
    for a while, each of many was tried again in seconds: those are one line."""
    for report in reports:
        for refused, those in groupby(report["attempts"], lambda each: each["state"] == "refused"):
            tried = list(those)
            yield from [_not_placed(tried)] if refused and len(tried) > 1 else map(_call, tried)
    if reports:
        yield reports[-1]["why"]


def _call(attempt: dict[str, Any]) -> Message:
    result = word("result", attempt["result"]) if attempt["result"] else Message(ATTEMPTS[attempt["state"]])
    return Message("outgoing.attempt.line", at=_minute(attempt), n=attempt["n"], what=result)


def _not_placed(tried: Sequence[dict[str, Any]]) -> Message:
    first, last = tried[0], tried[-1]
    return Message("outgoing.attempt.not-placed", at=_minute(first), n=first["n"], last=last["n"], until=_minute(last))


def _minute(attempt: dict[str, Any]) -> str:
    return clock_time(attempt["at"])[:16]
