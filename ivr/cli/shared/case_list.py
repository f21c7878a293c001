"""Which cases `ivr cases list` is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ivr.call.case_number import parse_case_number
from ivr.case.case import STATUSES
from ivr.cli.shared.case_lines import case_line
from ivr.cli.shared.moments import since
from ivr.errors import InvalidArgument, NoSuch
from ivr.messages.message import Message
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter

NOBODY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """The options of `ivr cases list`, as typed."""

    kind: str | None
    status: str | None
    owner: str | None
    team: str | None
    risk: int | None
    customer: str | None
    begun: str | None
    due_before: str | None
    overdue: bool
    open_only: bool
    simulated: bool | None
    after: str | None
    limit: int
    as_json: bool


def case_filter(options: ListOptions, now: datetime) -> CaseFilter:
    """The cases the options ask for. `InvalidArgument` or `NoSuch` with what is wrong with one of them."""
    for name in ("owner", "team", "status", "customer", "since", "due_before", "after"):
        not_empty(name, getattr(options, "begun" if name == "since" else name))
    moment = since(options.begun or "", now)
    return CaseFilter(
        kind=options.kind or "",
        statuses=_statuses(options.status or ""),
        owner="" if options.owner in (None, NOBODY) else options.owner,
        nobody=options.owner == NOBODY,
        team=options.team or "",
        risk=options.risk or 0,
        customer=_number(options.customer) if options.customer else "",
        opened_since=stamp(datetime.fromisoformat(moment)) if moment else "",
        due_before=_day(options.due_before or ""),
        overdue_at=stamp(now) if options.overdue else "",
        open_only=options.open_only,
        simulated=options.simulated,
        after=case_number_of(options.after) if options.after else None,
        most=options.limit,
    )


def _statuses(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    if unknown := [status for status in wanted if status not in STATUSES]:
        raise InvalidArgument(Message("cases-command.no-status", status=unknown[0], known=STATUSES))
    return wanted


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InvalidArgument(Message("cases-command.no-day", text=text)) from None


def not_empty(name: str, value: str | None) -> None:
    """A script whose variable is empty must not be given the cases of everybody, or the first page for ever."""
    if value is not None and not value.strip():
        option = "--" + name.replace("_", "-")
        raise InvalidArgument(Message("cases-command.empty", option=option))


def _number(text: str) -> str:
    """A telephone number as cases hold it; blanks and hyphens in it do not matter."""
    plain = "".join(c for c in text if c not in " -")
    if not plain.startswith("+") or not plain[1:].isdecimal():
        raise InvalidArgument(Message("cases-command.no-number", text=text))
    return plain


def case_lines(found: Sequence[Mapping[str, Any]], options: ListOptions) -> list[Message]:
    """A line for each case, or what to say where none was found."""
    return [case_line(dict(case)) for case in found] or [_nothing_found(options)]


def _nothing_found(options: ListOptions) -> Message:
    if options.after:
        return Message("cases-command.no-more")
    asked = (options.kind, options.status, options.owner, options.customer, options.begun, options.due_before)
    narrowed = any(asked) or options.overdue or options.open_only or options.simulated is not None
    return Message("cases-command.none-such") if narrowed else Message("cases-command.none")


def case_number_of(text: str) -> int:
    """A case number as typed, with blanks and hyphens. `NoSuch` where it can be none."""
    digits = "".join(filter(str.isdigit, text))
    number = parse_case_number(digits) if digits else None
    if number is None:
        raise NoSuch(Message("cases-command.no-case-number", text=text))
    return number
