"""Which cases `ivr cases list` is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ivr.call.case_number import parse_case_number
from ivr.cli.shared.moments import since
from ivr.errors import InvalidArgument, NoSuch
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """The options of `ivr cases list`, as typed."""

    kind: str
    status: str
    owner: str
    customer: str
    begun: str
    due_before: str
    overdue: bool
    open_only: bool
    simulated: bool | None
    after: str
    limit: int
    as_json: bool


def case_filter(options: ListOptions, now: datetime) -> CaseFilter:
    """The cases the options ask for. `InvalidArgument` or `NoSuch` with what is wrong with one of them."""
    moment = since(options.begun, now)
    return CaseFilter(
        kind=options.kind,
        status=options.status,
        owner=options.owner,
        customer=options.customer,
        opened_since=stamp(datetime.fromisoformat(moment)) if moment else "",
        due_before=_day(options.due_before),
        overdue_at=stamp(now) if options.overdue else "",
        open_only=options.open_only,
        simulated=options.simulated,
        after=case_number_of(options.after) if options.after else None,
        most=options.limit,
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InvalidArgument(f'--due-before "{text}" is no day; write 2026-03-17.') from None


def narrowed(options: ListOptions) -> bool:
    """Whether fewer than all cases are asked for."""
    asked = (options.kind, options.status, options.owner, options.customer, options.begun, options.due_before)
    return any(asked) or options.overdue or options.open_only or options.simulated is not None or bool(options.after)


def case_number_of(text: str) -> int:
    """A case number as typed, with blanks and hyphens. `NoSuch` where it can be none."""
    digits = "".join(filter(str.isdigit, text))
    number = parse_case_number(digits) if digits else None
    if number is None:
        raise NoSuch(f'"{text}" is no case number: one of its digits is wrong or missing.')
    return number
