"""`ivr cases`: what callers have left."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ivr.app.wiring import wire
from ivr.call.case_number import parse_case_number
from ivr.case.case_record import PRIORITIES
from ivr.config import Settings, read_settings
from ivr.errors import NoSuch
from ivr.service.cases.case_report import CaseReports
from ivr.service.releases.release_ports import short
from ivr.storage.case_rows import CaseRows
from ivr.storage.schema import engine, sqlite_path


@click.group()
def command() -> None:
    """List cases, or show one."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="All of each case, as a JSON array.")
@click.option("--limit", default=1000, type=click.IntRange(1), help="At most so many; newest first.")
def list_cases(as_json: bool, limit: int) -> None:
    """The cases on record, newest first."""
    with reports(read_settings(os.environ)) as made:
        found = made.newest(limit)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
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
    digits = "".join(c for c in number if c.isdigit())
    if not digits or parse_case_number(digits) is None:
        raise NoSuch(f'"{number}" is no case number: one of its digits is wrong or missing.')
    with reports(read_settings(os.environ)) as made:
        case = made.one(int(digits))
    if as_json:
        click.echo(json.dumps(case, ensure_ascii=False, indent=2))
        return
    for name, value in case.items():
        if name != "events" and value is not None:
            click.echo(f"{name:<12} {_shown(value)}")
    if case["path"] is None:
        click.echo(f"{'path':<12} not known any more: release {short(case['release'])} has been removed")
    for event in case["events"]:
        told = ", ".join(f"{name} {value}" for name, value in event["data"].items())
        click.echo(f"  {event['at']}  {event['by']}: {event['kind']}{f' ({told})' if told else ''}")


@contextmanager
def reports(settings: Settings) -> Iterator[CaseReports]:
    """Reports from the database of the settings. `NoSuch` where there is no database yet."""
    path = sqlite_path(settings.database_url)
    if not Path(path).exists():
        raise NoSuch(f"there is no database {path} yet; `ivr serve` or `ivr call` makes it.")
    made = engine(settings.database_url)
    try:
        yield CaseReports(wire(settings).ports, CaseRows(made))
    finally:
        made.dispose()


def _line(case: dict[str, Any]) -> str:
    due = f"due {case['due']}" if case["due"] else "nothing due"
    partial = ", partial" if case["partial"] else ""
    simulated = ", simulated" if case["simulated"] else ""
    topics = " ".join(case[name] for name in ("product", "subject") if case[name])
    about = f" about {topics}" if topics else ""
    urgent = "" if case["priority"] == PRIORITIES[0] else f", {case['priority']}"
    head = f"{case['number']}  {case['opened_at']}  {case['kind']}{about}{urgent}"
    return f"{head}: {case['status']}, {due}{partial}{simulated}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part is not None)
    if isinstance(value, list):
        return " > ".join(map(str, value))
    return str(value)
