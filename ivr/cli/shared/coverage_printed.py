"""How coverage is shown: what fixtures walk, and what callers said of each topic where that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ivr.cli.shared.command_line import local_settings, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.heard_run import said_of_topics
from ivr.cli.shared.topics_said_report import by_menu, data, html, lines
from ivr.explore.coverage_page import page
from ivr.explore.coverage_report import Coverage
from ivr.messages.message import Message
from ivr.service.ports import CallFilter


def print_coverage(shape: str, coverage: Coverage, written: Sequence[Path]) -> None:
    """Print what is walked as `text`, `json` or `html`; `written` are the calls to gaps."""
    match shape:
        case "json":
            print_json(coverage.data())
        case "html":
            click.echo(page(coverage, ""))
        case _:
            _lines(coverage, written)


def print_with_topics(shape: str, coverage: Coverage, written: Sequence[Path], calls: CallFilter) -> None:
    """The same, with what the callers of these calls said of each topic."""
    read = said_of_topics(local_settings(), calls)
    menus = by_menu(coverage.release, read)
    match shape:
        case "json":
            print_json(coverage.data() | {"said": data(menus, read, calls.since)})
        case "html":
            click.echo(page(coverage, html(menus, read)))
        case _:
            _lines(coverage, written)
            for said in lines(menus, read):
                echo(said)


def _lines(coverage: Coverage, written: Sequence[Path]) -> None:
    for line in [*coverage.lines(), *(Message("coverage.written", path=str(path)) for path in written)]:
        echo(line)
