"""The fixtures of a folder on two revisions: which have another result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ivr.call.events import ExitTaken, Failed
from ivr.change.diff.change import Difference
from ivr.cli.shared.revision import Revision
from ivr.errors import InvalidArgument
from ivr.flow.compile import compile_release
from ivr.messages.message import Message
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.fixture_files import FIXTURES, fixture_files
from ivr.replay.outcome_changes import OutcomeChange, outcome_change, with_name


def outcome_changes(
    before: Revision, after: Revision, fixtures: Sequence[Fixture], changed: Difference
) -> list[OutcomeChange]:
    """The fixtures that have another result after an edit, which is `changed`."""
    old, new = compile_release(before.parsed), compile_release(after.parsed)

    def renamed(event: ExitTaken | Failed) -> ExitTaken | Failed:
        exit = event.exit if isinstance(event, ExitTaken) else ""
        step, exit = changed.step(event.flow, event.step), changed.exit(event.flow, event.step, exit)
        return with_name(event, step, exit)

    changes = (outcome_change(fixture, old, new, renamed) for fixture in fixtures)
    return [change for change in changes if change is not None]


def fixtures_to_compare(folder: str | None) -> list[Fixture]:
    """The fixtures of a folder; of the usual one, where none is named, if it is there. Those with flows of their own
    are left out. `InvalidArgument` where a named folder holds none, or one cannot be read."""
    found = []
    for file in fixtures_in(folder):
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            raise InvalidArgument(findings[0].sentence())
        if not fixture.fields.flows:
            found.append(fixture)
    return found


def fixtures_in(folder: str | None) -> list[Path]:
    """The files of a folder, or of the usual one. `InvalidArgument` where a named folder holds none."""
    files = fixture_files(Path(folder or FIXTURES))
    if folder and not files:
        raise InvalidArgument(Message("replay.files.none-in", folder=folder))
    return files
