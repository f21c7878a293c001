"""`ivr cases`: what callers have left."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.app.database import opened
from ivr.call.case_kinds import CASE_KINDS
from ivr.call.case_number import parse_case_number
from ivr.case.case_fields import PRIORITIES
from ivr.case.case_fold import STATUSES
from ivr.cli.shared.command_line import options_as, print_json
from ivr.cli.shared.moments import since
from ivr.config import read_settings
from ivr.errors import InvalidArgument, NoSuch
from ivr.service.releases.release_ports import short
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter


@click.group()
def command() -> None:
    """List cases, or show one."""


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


@command.command("list")
@click.option("--kind", default="", type=click.Choice(["", *CASE_KINDS]), metavar="KIND", help="Cases of one kind.")
@click.option("--status", default="", type=click.Choice(["", *STATUSES]), metavar="STATUS", help="In this status.")
@click.option("--open", "open_only", is_flag=True, help="Cases that have not ended.")
@click.option("--owner", default="", help="Cases this person has taken.")
@click.option("--customer", default="", metavar="NUMBER", help="Cases of this caller: +86 and so on.")
@click.option("--since", "begun", default="", help="Opened since: 7d, 12h, or a time with its zone.")
@click.option("--due-before", default="", metavar="DATE", help="Open cases due before this day; the first due first.")
@click.option("--overdue", is_flag=True, help="Open cases whose deadline has passed; the first due first.")
@click.option("--simulated/--real", default=None, help="Only cases of `ivr call`, or only of customers.")
@click.option("--after", default="", metavar="CASE", help="The next page: the cases after this one.")
@click.option("--limit", default=1000, type=click.IntRange(1, 1_000_000), help="At most so many; newest first.")
@click.option("--json", "as_json", is_flag=True, help="All of each case, as a JSON array.")
@options_as(ListOptions)
def list_cases(options: ListOptions) -> None:
    """The cases on record, newest first."""
    with opened(read_settings(os.environ)) as database:
        reports = database.reports()
        found = reports.page(_filter(options, reports.zone(), datetime.now(UTC)))
    if options.as_json:
        print_json(found)
        return
    for case in found:
        click.echo(_line(case))
    if not found:
        click.echo("There are no such cases." if _narrowed(options) else "There are no cases.")


@command.command("show")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def show(number: str, as_json: bool) -> None:
    """Everything about the case NUMBER."""
    wanted = _number(number)
    with opened(read_settings(os.environ)) as database:
        case = database.reports().one(wanted)
    if as_json:
        print_json(case)
        return
    for name, value in case.items():
        if name != "events" and value is not None:
            click.echo(f"{name:<12} {_shown(value)}")
    if case["path"] is None and case["release"]:
        click.echo(f"{'path':<12} not known any more: release {short(case['release'])} has been removed")
    for event in case["events"]:
        click.echo(_event_line(event))


def _filter(options: ListOptions, zone: ZoneInfo, now: datetime) -> CaseFilter:
    moment = since(options.begun, now)
    return CaseFilter(
        kind=options.kind,
        status=options.status,
        owner=options.owner,
        customer=options.customer,
        opened_since=stamp(datetime.fromisoformat(moment)) if moment else "",
        due_before=_due_before(options, zone, now),
        open_only=options.open_only,
        simulated=options.simulated,
        after=_number(options.after) if options.after else None,
        most=options.limit,
    )


def _due_before(options: ListOptions, zone: ZoneInfo, now: datetime) -> str:
    """The beginning of the day named, or now; of both the earlier moment."""
    moments = [stamp(now)] if options.overdue else []
    if options.due_before:
        try:
            day = date.fromisoformat(options.due_before)
            moments.append(stamp(datetime.combine(day, time(), zone)))
        except (ValueError, OverflowError):
            raise InvalidArgument(f'--due-before "{options.due_before}" is no day; write 2026-03-17.') from None
    return min(moments, default="")


def _narrowed(options: ListOptions) -> bool:
    asked = (options.kind, options.status, options.owner, options.customer, options.begun, options.due_before)
    return any(asked) or options.overdue or options.open_only or options.simulated is not None or bool(options.after)


def _number(text: str) -> int:
    digits = "".join(filter(str.isdigit, text))
    number = parse_case_number(digits) if digits else None
    if number is None:
        raise NoSuch(f'"{text}" is no case number: one of its digits is wrong or missing.')
    return number


def _event_line(event: dict[str, Any]) -> str:
    """Who did what, with the role of staff: a caller is their own role."""
    by = event["by"] if event["by"] == event["role"] else f"{event['by']} ({event['role']})"
    fields = ", ".join(f"{name} {value}" for name, value in event["data"].items())
    return f"  {event['at']}  {by}: {event['kind']}{f' ({fields})' if fields else ''}"


def _line(case: dict[str, Any]) -> str:
    due = f"due {case['due']}" if case["due"] else "nothing due"
    owner = f" by {case['owner']}" if case["owner"] else ""
    marks = "".join(f", {mark}" for mark in ("partial", "simulated") if case[mark])
    topics = " ".join(case[name] for name in ("product", "subject") if case[name])
    about = f" about {topics}" if topics else ""
    urgent = "" if case["priority"] == PRIORITIES[0] else f", {case['priority']}"
    head = f"{case['number']}  {case['opened_at']}  {case['kind']}{about}{urgent}"
    return f"{head}: {case['status'].replace('_', ' ')}{owner}, {due}{marks}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part is not None)
    if isinstance(value, list):
        return " > ".join(map(str, value))
    return str(value)
