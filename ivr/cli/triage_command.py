"""`ivr triage`: what the first analysis would propose for a case."""

from __future__ import annotations

import os

import click

from ivr.call.case_kinds import CASE_KINDS
from ivr.case.triage import as_facts, proposed, triage
from ivr.cli.shared.command_line import print_json
from ivr.cli.shared.echo import echo
from ivr.errors import InvalidArgument
from ivr.flow.release import read_files
from ivr.lint.cases.triage_never_fits import triage_values
from ivr.lint.findings import compiled
from ivr.messages.message import Message

LINES = {
    "urgency": "triage-command.urgency", "risk": "triage-command.risk", "category": "triage-command.category",
    "next_step": "triage-command.next-step", "marks": "triage-command.marks",
}  # fmt: skip


@click.command()
@click.option("--try", "text", metavar="TEXT", required=True, help="What a caller says.")
@click.option("--kind", type=click.Choice(CASE_KINDS), default="complaint", show_default=True, help="Of which case.")
@click.option(
    "--with", "given", metavar="NAME=VALUE", multiple=True, help="A value that conditions ask; again for more."
)
@click.option("--spoken", metavar="TAG", default="", help="The caller's language; default the first of the hotline.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def command(text: str, kind: str, given: tuple[str, ...], spoken: str, as_json: bool) -> None:
    """Try the triage rules of the flows on disk on a TEXT, and see which word made each mark."""
    release = compiled(read_files(os.environ.get("IVR_FLOWS", "flows")))
    values = dict(map(_value, given))
    known = triage_values(release)
    if unknown := [name for name in values if name not in known and not release.is_of_call(name)]:
        raise InvalidArgument(Message("triage-command.no-such-value", name=unknown[0], known=tuple(sorted(known))))
    language = spoken or release.first_language
    if language not in release.languages:
        raise InvalidArgument(Message("triage-command.no-language", tag=language, known=tuple(release.languages)))
    proposal = triage(release.triage, kind, text, values.get, language)
    facts = as_facts(proposal) if proposal else {}
    if as_json:
        print_json(proposed(facts))
    elif not facts:
        echo(Message("triage-command.nothing", rules=len(release.triage)))
    else:
        for name, value in facts.items():
            echo(Message(LINES[name], value=value))


def _value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InvalidArgument(Message("triage-command.no-value", text=text))
    return name, value
