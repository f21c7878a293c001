"""`ivr hear`: what a question would make of each utterance."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import click

from ivr.cli.shared.command_line import options_as
from ivr.cli.shared.echo import echo
from ivr.cli.shared.hear_place import language_of, moment, question_at
from ivr.cli.shared.heard_lines import as_data, sentence
from ivr.cli.shared.utterances import utterances
from ivr.engine.hearing import hear
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class HearOptions:
    """The argument and options of `ivr hear`."""

    folder: str | None
    at: str
    language: str | None
    today: str | None
    as_json: bool


@click.command()
@click.argument("folder", required=False)
@click.option("--at", required=True, metavar="FLOW.STEP", help="The question, such as main.menu.")
@click.option("--language", metavar="TAG", help="What the caller speaks; default: the hotline's first language.")
@click.option("--today", metavar="DATE", help="The day of the call, for dates as they are said; default: today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@options_as(HearOptions)
def command(options: HearOptions) -> None:
    """Say what a question in FOLDER (IVR_FLOWS when left out) makes of each line of stdin.

    JSON has `outcome` (choice, ask, shortcut, entry, no_match), `name`, `names` (the choices it would ask about),
    `value` (of an entry), `by` (key, word, polarity, topic, entry), `topic`, `scores` (the best three topics, per
    mille) and `caught` (the word, as it is written in the file). Nothing is kept.

    Exit code 0: each line has its answer. 2: it could not run.
    """
    release = compiled(read_files(options.folder or os.environ.get("IVR_FLOWS", "flows")))
    at, language = question_at(release, options.at), language_of(release, options.language)
    now = moment(release, options.today)
    for text in utterances():
        understood = hear(release, at, language, text, now)
        if options.as_json:
            click.echo(json.dumps(as_data(understood), ensure_ascii=False))
        else:
            echo(Message("hear-command.line", said=text, heard=sentence(understood)))
