"""`ivr explore`: prove the promises, or show the shortest call that breaks one."""

from __future__ import annotations

import os

import click

from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.proof_report import BROKEN, ProofReport, shown_prove
from ivr.errors import InvalidArgument
from ivr.explore.state_walk import MOST_STATES
from ivr.flow.release import read_files
from ivr.lint.findings import compiled


@click.command()
@click.argument("flow", required=False)
@click.option("--states", default=MOST_STATES, show_default=True, type=click.IntRange(1), help="Give up beyond these.")
@click.option("--save", default=BROKEN, show_default=True, help="The folder for calls that break a promise.")
@click.option("--lang", "language", metavar="TAG", help="Show calls in this language; default: as they were found.")
@click.option("--fresh", is_flag=True, help="Walk again, though an earlier proof holds for all but the words.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.pass_context
def command(
    ctx: click.Context, flow: str | None, states: int, save: str, language: str | None, fresh: bool, as_json: bool
) -> None:
    """Walk every state a call can reach, and prove that every promise holds in all of them.

    With FLOW, calls begin in that flow; then only the built-in promises are looked at.

    Exit code 0: every promise holds. 1: one does not. 2: it could not be proved.
    """
    files = read_files(os.environ.get("IVR_FLOWS", "flows"))
    release = compiled(files)
    if flow is not None and flow not in release.flows:
        raise InvalidArgument(f'there is no flow "{flow}"; there are {", ".join(release.flows)}.')
    if flow is not None and release.flows[flow].takes and release.entries.get(flow) != "outgoing":
        raise InvalidArgument(f'flow "{flow}" needs {", ".join(release.flows[flow].takes)}: no call begins in it.')
    if language is not None and language not in release.languages:
        raise InvalidArgument(f'there is no language "{language}"; there are {", ".join(release.languages)}.')
    proof = shown_prove(files, release, entries=[flow] if flow else [], most=states, fresh=fresh)
    shown = ProofReport(files, proof, save, language=language or "")
    print_json(shown.data()) if as_json else click.echo("\n".join(shown.lines()))
    ctx.exit(2 if not proof.complete else 0 if proof.holds else 1)
