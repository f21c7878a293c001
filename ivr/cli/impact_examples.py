"""An example of each group of impact, written as a fixture: it passes on the release the call was on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ivr.app.wiring import wire
from ivr.change.impact.report import Report
from ivr.cli.impact_calls import Question
from ivr.config import Settings
from ivr.errors import IvrError, SettingInvalid
from ivr.replay.capture import capture
from ivr.service.ports import CallFilter, RecordedCall
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine


def write_examples(folder: Path, settings: Settings, question: Question, report: Report) -> Iterator[str]:
    """Write one fixture a group; a line for each that was written or could not be."""
    releases = wire(settings).ports.release
    for n, (effect, group) in enumerate(report.groups(), 1):
        turn, call, release = group.example
        name = re.sub(r"\W+", "_", f"{n:02d} {effect.how} {effect.flow} {effect.step} {effect.exit}").strip("_")
        path = folder / f"{name}.call.yaml"
        found = _call(question, call)
        if found is None:
            yield f"no example of {path.stem}: call {call} is gone"
            continue
        try:
            made = capture(releases(release), *found, hear_from=0 if effect.how == "words" else turn)
        except IvrError as failed:
            yield f"no example of {path.stem}: {failed}"
            continue
        _write(path, made.text)
        yield f"{path}: an example"


def _call(question: Question, call: str) -> tuple[RecordedCall, Mapping[str, str]] | None:
    """The call, and what a transcriber made of its recordings."""
    made = engine(question.database_url)
    try:
        rows = CallRows(made)
        found = next(iter(rows.calls(CallFilter(calls=(call,), simulated=True))), None)
        return (found, rows.transcripts(call)) if found else None
    finally:
        made.dispose()


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as failed:
        raise SettingInvalid(f"{path} cannot be written: {failed.strerror}.") from None
