"""`ivr doctor`: whether this machine can take calls, and what to do where it cannot."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict

import click

from ivr.app.doctor.examine import examine
from ivr.app.doctor.line import Line
from ivr.cli.shared.command_line import exit_code, print_json
from ivr.cli.shared.echo import echo
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.side_by_side import cells

STATUS_CELLS, CHECK_CELLS = 7, 11
"""Columns of a terminal that the two labels of a line take."""


@click.command()
@click.option("--local", is_flag=True, help="Ask nothing through the public URL.")
@click.option("--json", "as_json", is_flag=True, help="All lines, and how many problems and warnings, as JSON.")
def command(local: bool, as_json: bool) -> None:
    """Look at settings, database, flows, voices, numbers, clock and port; needs no account.

    Run it as the user and with the environment of `ivr serve`. While that runs, a signed request is sent to it, and
    through the public URL. Exit code 0: calls can be taken, though there may be warnings. 1: there is a problem.
    """
    lines = []
    for line in examine(os.environ, public=not local):
        lines.append(line)
        if not as_json:
            echo(_line(line))
    problems, warnings = _count(lines, "problem"), _count(lines, "warning")
    if as_json:
        print_json({"checks": [asdict(line) for line in lines], "problems": problems, "warnings": warnings})
    else:
        echo(_total(problems, warnings))
    exit_code(1 if problems else 0)


def _count(lines: Sequence[Line], status: str) -> int:
    return sum(line.status == status for line in lines)


def _line(line: Line) -> Message:
    status, check = _padded(line.status_label, STATUS_CELLS), _padded(line.check_label, CHECK_CELLS)
    said = tuple(filter(None, (line.says, line.do)))
    return Message("doctor.line", status=status, check=check, said=said)


def _padded(label: Message, columns: int) -> str:
    """The label for the reader: a Chinese character takes two columns."""
    text = shown(label)
    return text + " " * (columns - cells(text))


def _total(problems: int, warnings: int) -> Message:
    return Message(
        "doctor.total",
        problems=Message("doctor.problems", count=problems) if problems else Message("doctor.no-problems"),
        warnings=Message("doctor.warnings", count=warnings) if warnings else Message("doctor.no-warnings"),
    )
