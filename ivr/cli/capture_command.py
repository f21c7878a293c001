"""`ivr capture`: calls on record as fixtures, with nothing in them of what their callers gave."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.app.database import Database, opened
from ivr.cli.shared.capture_notes import notes_on
from ivr.cli.shared.command_line import exit_code, local_settings
from ivr.cli.shared.echo import echo
from ivr.cli.shared.moments import since
from ivr.errors import NoSuch
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.capture import capture
from ivr.replay.capture_folder import CaptureFolder
from ivr.replay.fixture_files import write_fixture
from ivr.service.ports import CallFilter

AN_ACT = "\n  - "


@click.command()
@click.argument("call", required=False)
@click.option("--out", type=click.Path(), help="The file to write; with --since a folder (captured).")
@click.option("--since", "begun", default="", help="All calls begun since: 7d, 12h, or a time with its zone.")
@click.option("--distinct", is_flag=True, help="With --since: one call of each path (the exits it took).")
@click.option("--simulated", is_flag=True, help="With --since: calls of `ivr call` too.")
def command(call: str | None, out: str | None, begun: str, distinct: bool, simulated: bool) -> None:
    """Make the stored call CALL a fixture that replays to the same transcript.

    Numbers, names, sensitive entries and free speech are replaced by others that lead the same way. A fixture that
    would not, or that would still hold what the caller gave, is not written.

    Exit code 0: written. 1: some calls could not be captured. 2: it could not run.
    """
    if bool(call) == bool(begun):
        raise click.UsageError(shown(Message("capture-command.names-nothing")))
    with opened(local_settings()) as database:
        if call:
            _write_one(database, call, out)
            return
        folder = CaptureFolder(database.ports, database.calls, Path(out or "captured"), distinct)
        folder.capture(CallFilter(since=since(begun, datetime.now(UTC)), simulated=simulated))
    for line in folder.lines():
        echo(line)
    exit_code(1 if folder.failed else 0)


def _write_one(database: Database, name: str, out: str | None) -> None:
    found = database.call(name)
    if found is None:
        raise NoSuch(Message("capture-command.no-call", call=name))
    made = capture(database.ports.release(found.release), found, database.calls.transcripts(name))
    if out is None:
        click.echo(made.text, nl=False)
    else:
        write_fixture(Path(out), made.text)
        echo(Message("capture-command.written", file=out, acts=made.text.count(AN_ACT)))
    for line in notes_on(made, out or "captured.call.yaml"):
        echo(line, err=True)
