"""What whoever keeps a captured fixture should know of it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.cli.shared.command_line import local_settings
from ivr.errors import IvrError
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.replay.both_ways import run_engine
from ivr.replay.capture import Captured
from ivr.replay.fixture import read_fixture
from ivr.replay.sentences import first_said


def notes_on(made: Captured, file: str) -> Iterator[str]:
    """Its call ended otherwise than it does; it does not pass on the flows on disk."""
    if made.ended:
        yield Message("capture-command.ended", disposition=made.ended)
    fixture, _ = read_fixture(file, made.text.encode())
    assert fixture is not None
    try:
        failure = run_engine(fixture, compiled(read_files(local_settings().flows)))[0].failure
    except IvrError as failed:
        failure = first_said(failed)
    if failure:
        yield Message("capture-command.fails-on-disk", failure=failure)
