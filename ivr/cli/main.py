"""`ivr`: the list of commands, and what each exit code means: 0 yes, 1 the answer is no, 2 it could not run."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import sys

import click

from ivr.cli.shared.echo import echo
from ivr.cli.shared.reader import choose_language, for_reader, language_option
from ivr.errors import FlowInvalid, InvalidArgument, IvrError
from ivr.messages.message import Message

COMMANDS = {
    "serve": "ivr.cli.serve_command",
    "call": "ivr.cli.call_command",
    "lint": "ivr.cli.lint_command",
    "explore": "ivr.cli.explore_command",
    "replay": "ivr.cli.replay_command",
    "capture": "ivr.cli.capture_command",
    "coverage": "ivr.cli.coverage_command",
    "fuzz": "ivr.cli.fuzz_command",
    "publish": "ivr.cli.publish_command",
    "releases": "ivr.cli.releases_command",
    "rollback": "ivr.cli.rollback_command",
    "cases": "ivr.cli.cases_command",
    "triage": "ivr.cli.triage_command",
    "people": "ivr.cli.people_command",
    "hours": "ivr.cli.hours_command",
    "diff": "ivr.cli.diff_command",
    "impact": "ivr.cli.impact_command",
    "worker": "ivr.cli.worker_command",
    "db": "ivr.cli.db_command",
    "new": "ivr.cli.new_command",
    "doctor": "ivr.cli.doctor_command",
}
NEXT = """A hotline answered by flows written in YAML.

  ivr new hotline         an example to begin with, here
  ivr serve --sandbox     answer calls on this machine, without an account
  ivr call                phone the hotline from this terminal
  ivr lint                what is wrong with the flows
  ivr explore             whether a caller can be left stranded
  ivr diff, ivr impact    what an edit changes, and for whom of last week's callers
  ivr publish -m NOTE     make changed flows live, while calls go on; ivr rollback
  ivr cases list          what callers have left
  ivr doctor              whether this machine can take calls

ivr --help lists every command; ivr COMMAND --help explains one.
"""


class Commands(click.Group):
    """Commands are imported when they are used: `ivr lint` needs no web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[name]).command
        return for_reader(found, name)


@click.group(cls=Commands, invoke_without_command=True, params=[language_option()])
@click.version_option(importlib.metadata.version("ivr"), prog_name="ivr")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """A call-flow engine for service hotlines."""
    if ctx.invoked_subcommand is None:
        click.echo(NEXT, nl=False)


def main() -> None:
    """The script's entrance. A mistake is one sentence (or the findings) on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    try:
        choose_language(sys.argv[1:], os.environ)
        if not all(
            argument.isascii() or argument.encode("utf-8", "replace").decode() == argument for argument in sys.argv
        ):
            raise InvalidArgument(Message("command.not-utf8"))
        commands(prog_name="ivr")
    except FlowInvalid as invalid:
        for finding in invalid.findings:
            echo(finding.sentence(), err=True)
        echo(Message("finding.flows-invalid", errors=len(invalid.findings)), err=True)
        sys.exit(2)
    except IvrError as failed:
        echo(Message("command.failed", why=failed.message), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
