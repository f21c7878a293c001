"""An example of each group of impact, written as a fixture: it passes on the release the call was on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ivr.app.database import Database
from ivr.change.impact.report import Report
from ivr.errors import IvrError
from ivr.messages.message import Message
from ivr.replay.capture import capture
from ivr.replay.fixture_files import write_fixture


def write_examples(folder: Path, database: Database, report: Report) -> Iterator[Message]:
    """Write one fixture a group; a line for each that was written or could not be."""
    for n, (effect, group) in enumerate(report.groups(), 1):
        turn, call, release = group.example
        name = re.sub(r"\W+", "_", f"{n:02d} {effect.how} {effect.flow} {effect.step} {effect.exit}").strip("_")
        path = folder / f"{name}.call.yaml"
        found = database.call(call)
        if found is None:
            yield Message("impact.example.call-gone", name=path.stem, call=call)
            continue
        texts, hear_from = database.calls.transcripts(call), 0 if effect.how == "words" else turn
        try:
            made = capture(database.ports.release(release), found, texts, hear_from=hear_from)
        except IvrError as failed:
            yield Message("impact.example.none", name=path.stem, why=failed.message)
            continue
        write_fixture(path, made.text)
        yield Message("impact.example.written", path=str(path))
