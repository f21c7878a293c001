"""`ivr doctor`: whether this machine can take calls, and what to do where it cannot."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict

import click

from ivr.app.doctor.examine import examine
from ivr.app.doctor.line import Line
from ivr.cli.shared.command_line import exit_code, print_json


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
            click.echo(f"{line.status:<7}  {line.check:<11}  {line.says}{f' {line.do}' if line.do else ''}")
    problems, warnings = _count(lines, "problem"), _count(lines, "warning")
    if as_json:
        print_json({"checks": [asdict(line) for line in lines], "problems": problems, "warnings": warnings})
    else:
        click.echo(f"{_some(problems, 'problem')}, {_some(warnings, 'warning')}")
    exit_code(1 if problems else 0)


def _count(lines: Sequence[Line], status: str) -> int:
    return sum(line.status == status for line in lines)


def _some(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
