"""`ivr call`: a telephone in the terminal, or driven from a pipe; no account, no network."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.app.database import opened, prepare_database
from ivr.app.preparing import put_draft
from ivr.cli.shared.answered_phone import be_phoned
from ivr.cli.shared.call_options import CALLER, CallOptions, check_answer, check_call
from ivr.cli.shared.command_line import local_settings, options_as
from ivr.cli.shared.echo import echo
from ivr.cli.shared.in_process_hotline import InProcessHotline, left_by
from ivr.cli.shared.moments import local_time
from ivr.cli.shared.terminal_phone import converse
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.replay.fixture_files import write_fixture
from ivr.replay.saving import Head, fixture_text
from ivr.replay.scene import a_second_a_turn
from ivr.service.calls.opening import Opening


@click.command()
@click.argument("flow", default="")
@click.option("--lang", default="", help="Begin in this language, such as en-US; print in it too, if possible.")
@click.option("--from", "caller", default=CALLER, help="The caller's number; an empty one is withheld.")
@click.option("--to", "called", default="", help="The number dialled.")
@click.option("--at", help="When the call begins, such as 2026-03-02T22:10; one second a turn.")
@click.option("--save", type=click.Path(dir_okay=False), help="Write the call as a fixture.")
@click.option("--answer", is_flag=True, help="Be phoned instead: wait for the next call that the sandbox places.")
@options_as(CallOptions)
def command(options: CallOptions) -> None:
    """Phone the hotline (or enter it at FLOW) on the flows on disk, with the database of `ivr serve`.

    From a pipe: one input a line; end of file hangs up; the last line is `case NUMBER` or `no case`. With --answer the
    first line says how the call is taken: an empty one answers it.
    """
    settings = local_settings()
    if options.answer:
        check_answer(options)
        be_phoned(settings)
        return
    files = read_files(settings.flows)
    release = compiled(files)
    check_call(options, release)
    started = local_time(options.at, release.time_zone) if options.at else None
    prepare_database(settings)
    name = put_draft(settings, files, datetime.now(UTC))
    number = options.called or next(iter(release.numbers), "+862155500000")
    opening = Opening(release=name, entry=options.flow, language=options.lang, simulated=True)
    clock = a_second_a_turn(started) if started else None
    with closing(InProcessHotline(settings, opening)) as hotline:
        phone = hotline.phone(caller=options.caller, called=number, at=clock)
        acts = converse(phone, phone.dial)
    with opened(settings) as database:
        cases = database.reports().of_call(phone.call)
    if options.save:
        head = Head(
            at=started or datetime.now(UTC), caller=options.caller, called=number, language=options.lang,
            flow=options.flow,
        )  # fmt: skip
        write_fixture(Path(options.save), fixture_text(head, acts, left_by(settings, phone.call)))
    for case in cases:
        echo(Message("call-command.case", number=case["number"]))
    if not cases:
        echo(Message("call-command.no-case"))
