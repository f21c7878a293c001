"""`ivr`: the list of commands, and what each exit code means: 0 yes, 1 the answer is no, 2 it could not run."""

from __future__ import annotations

import copy
import importlib
import importlib.metadata
import os
import sys
from typing import Any

import click

from ivr.cli.shared.click_words import said_by_click, teach_click
from ivr.cli.shared.echo import echo
from ivr.cli.shared.reader import OPTION, choose_language, context_class, for_reader, language_option
from ivr.errors import FlowInvalid, InvalidArgument, IvrError
from ivr.messages.message import Message
from ivr.messages.reader import shown

COMMANDS = {
    "serve": "ivr.cli.serve_command",
    "call": "ivr.cli.call_command",
    "lint": "ivr.cli.lint_command",
    "hear": "ivr.cli.hear_command",
    "heard": "ivr.cli.heard_command",
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
    "outgoing": "ivr.cli.outgoing_command",
    "people": "ivr.cli.people_command",
    "survey": "ivr.cli.survey_command",
    "hours": "ivr.cli.hours_command",
    "graph": "ivr.cli.graph_command",
    "diff": "ivr.cli.diff_command",
    "impact": "ivr.cli.impact_command",
    "worker": "ivr.cli.worker_command",
    "db": "ivr.cli.db_command",
    "new": "ivr.cli.new_command",
    "doctor": "ivr.cli.doctor_command",
}


NEXT = {
    "new": "ivr new hotline",
    "serve": "ivr serve --sandbox",
    "call": "ivr call",
    "lint": "ivr lint",
    "explore": "ivr explore",
    "diff": "ivr diff, ivr impact",
    "publish": "ivr publish -m NOTE",
    "cases": "ivr cases list",
    "doctor": "ivr doctor",
}
"""The commands of the overview, by their names in its sentence."""


class Commands(click.Group):
    """Commands are imported when they are used: `ivr lint` needs no web server."""

    @property
    def context_class(self) -> type[click.Context]:  # type: ignore[override]
        return context_class()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[name]).command
        return for_reader(found, name)

    def invoke(self, ctx: click.Context) -> Any:
        """click would make a sentence of pieces of what is missing."""
        try:
            return super().invoke(ctx)
        except click.MissingParameter as missing:
            raise click.UsageError(shown(missing_sentence(missing)), missing.ctx) from None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click makes it once and keeps it."""
        made = copy.copy(super().get_help_option(ctx))
        if made is not None:
            made.help = shown(Message("usage.show-help"))
        return made

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """It is made when this module is imported, before anybody has chosen a language."""
        made = copy.copy(self)
        made.help = shown(Message("overview.about"))
        made.params = [_in_language(option) for option in self.params]
        super(Commands, made).format_help(ctx, formatter)


def _in_language(option: click.Parameter) -> click.Parameter:
    if OPTION in option.opts:
        return language_option()
    made = copy.copy(option)
    if isinstance(made, click.Option):
        made.help = said_by_click(made.help or "")
    return made


def missing_sentence(missing: click.MissingParameter) -> Message:
    """What has to be written, by its name in the usage."""
    param = missing.param
    if isinstance(param, click.Option):
        return Message("usage.missing-option", name=param.opts[0])
    return Message("usage.missing-argument", name=param.human_readable_name if param else missing.param_hint)


@click.group(cls=Commands, invoke_without_command=True, params=[language_option()])
@click.version_option(importlib.metadata.version("ivr"), prog_name="ivr")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """A call-flow engine for service hotlines."""
    if ctx.invoked_subcommand is None:
        echo(Message("overview.next", **NEXT), nl=False)


def main() -> None:
    """The script's entrance. A mistake is one sentence (or the findings) on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    try:
        teach_click()
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
