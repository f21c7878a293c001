"""`ivr explore`: prove the promises, or show the shortest call that breaks one."""

from __future__ import annotations

import os
from dataclasses import dataclass

import click

from ivr.cli.shared.command_line import exit_code, options_as, print_json
from ivr.cli.shared.echo import echo
from ivr.cli.shared.example_language import example_language
from ivr.cli.shared.proof_report import BROKEN, ProofReport, shown_prove
from ivr.errors import InvalidArgument
from ivr.explore.state_walk import MOST_STATES
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploreOptions:
    """The argument and options of `ivr explore`."""

    flow: str | None
    states: int
    save: str
    language: str | None
    fresh: bool
    as_json: bool


@click.command()
@click.argument("flow", required=False)
@click.option("--states", default=MOST_STATES, show_default=True, type=click.IntRange(1), help="Give up beyond these.")
@click.option("--save", default=BROKEN, show_default=True, help="The folder for calls that break a promise.")
@click.option("--lang", "language", metavar="TAG", help="Show calls in this language; default: as they were found.")
@click.option("--fresh", is_flag=True, help="Walk again, though an earlier proof holds for all but the words.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@options_as(ExploreOptions)
def command(options: ExploreOptions) -> None:
    """Walk every state a call can reach, and prove that every promise holds in all of them.

    With FLOW, calls begin in that flow; then only the built-in promises are looked at.

    Exit code 0: every promise holds. 1: one does not. 2: it could not be proved.
    """
    files = read_files(os.environ.get("IVR_FLOWS", "flows"))
    release = compiled(files)
    flow = options.flow
    if flow is not None and flow not in release.flows:
        raise InvalidArgument(Message("explore-command.no-flow", flow=flow, known=tuple(release.flows)))
    if flow is not None and release.flows[flow].takes and release.entries.get(flow) != "outgoing":
        raise InvalidArgument(Message("explore-command.takes", flow=flow, takes=tuple(release.flows[flow].takes)))
    language = example_language(options.language or "", release)
    proof = shown_prove(files, release, entries=[flow] if flow else [], most=options.states, fresh=options.fresh)
    report = ProofReport(files, proof, options.save, language=language)
    if options.as_json:
        print_json(report.data())
    for line in [] if options.as_json else report.lines():
        echo(line)
    exit_code(2 if not proof.complete else 0 if proof.holds else 1)
