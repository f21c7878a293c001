"""`ivr cases`: what callers have left."""

from __future__ import annotations

import os
from typing import Any

import click

from ivr.app.database import opened
from ivr.call.case_number import parse_case_number
from ivr.case.case_record import PRIORITIES
from ivr.cli.shared.command_line import print_json
from ivr.config import read_settings
from ivr.errors import NoSuch
from ivr.service.releases.release_ports import short


@click.group()
def command() -> None:
    """List cases, or show one."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="All of each case, as a JSON array.")
@click.option("--limit", default=1000, type=click.IntRange(1, 1_000_000), help="At most so many; newest first.")
def list_cases(as_json: bool, limit: int) -> None:
    """The cases on record, newest first."""
    with opened(read_settings(os.environ)) as database:
        found = database.reports().newest(limit)
    if as_json:
        print_json(found)
        return
    for case in found:
        click.echo(_line(case))
    if not found:
        click.echo("There are no cases.")


@command.command("show")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def show(number: str, as_json: bool) -> None:
    """Everything about the case NUMBER."""
    digits = "".join(filter(str.isdigit, number))
    if not digits or parse_case_number(digits) is None:
        raise NoSuch(f'"{number}" is no case number: one of its digits is wrong or missing.')
    with opened(read_settings(os.environ)) as database:
        case = database.reports().one(int(digits))
    if as_json:
        print_json(case)
        return
    for name, value in case.items():
        if name != "events" and value is not None:
            click.echo(f"{name:<12} {_shown(value)}")
    if case["path"] is None:
        click.echo(f"{'path':<12} not known any more: release {short(case['release'])} has been removed")
    for event in case["events"]:
        fields = ", ".join(f"{name} {value}" for name, value in event["data"].items())
        click.echo(f"  {event['at']}  {event['by']}: {event['kind']}{f' ({fields})' if fields else ''}")


def _line(case: dict[str, Any]) -> str:
    due = f"due {case['due']}" if case["due"] else "nothing due"
    marks = "".join(f", {mark}" for mark in ("partial", "simulated") if case[mark])
    topics = " ".join(case[name] for name in ("product", "subject") if case[name])
    about = f" about {topics}" if topics else ""
    urgent = "" if case["priority"] == PRIORITIES[0] else f", {case['priority']}"
    head = f"{case['number']}  {case['opened_at']}  {case['kind']}{about}{urgent}"
    return f"{head}: {case['status']}, {due}{marks}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part is not None)
    if isinstance(value, list):
        return " > ".join(map(str, value))
    return str(value)
