"""Fixtures as files: found in a folder, read, told from those about other flows, and written."""

from __future__ import annotations

from pathlib import Path

from ivr.errors import InvalidArgument
from ivr.flow.model import Release
from ivr.flow.release import Files, read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.sentences import all_of

FIXTURES = "tests"
"""The folder of fixtures, where none is named."""


def fixture_files(folder: Path) -> list[Path]:
    """The fixtures in a folder and those below it, in order."""
    return sorted(path for path in folder.rglob("*.call.yaml") if path.is_file())


def fixture_in(file: Path) -> Fixture:
    """The fixture of a file. `InvalidArgument` with its findings where it is none."""
    fixture, findings = read_fixture(str(file), file.read_bytes())
    if fixture is None:
        raise InvalidArgument(all_of(findings))
    return fixture


def is_about(fixture: Fixture, flows: str) -> bool:
    """Whether a fixture is played on the flows of this folder: it names them, or none of its own."""
    named = fixture.fields.flows
    return not named or (Path(fixture.file).parent / named).resolve() == Path(flows).resolve()


def write_fixture(path: Path, text: str, advice: str = "") -> None:
    """Write a fixture, and the folder it is in. `InvalidArgument` where that cannot be done, with what to do then."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as failed:
        raise InvalidArgument(_not_written(path, failed, advice)) from failed


def _not_written(path: Path, failed: OSError, advice: str) -> Message:
    if advice:
        return Message("replay.files.not-written-but", path=str(path), error=failed.strerror, advice=advice)
    return Message("replay.files.not-written", path=str(path), error=failed.strerror)


class FlowFolders:
    """Flows by folder, compiled once. `usual` is the folder of fixtures that name none."""

    def __init__(self, usual: str) -> None:
        self._usual = usual
        self._known: dict[str, tuple[Files, Release]] = {}

    def of(self, fixture: Fixture, beside: Path) -> tuple[Files, Release]:
        """The files and release a fixture names (`flows:`, a folder in `beside`, the fixture's own), or the usual ones.

        `FlowInvalid` or `SettingInvalid` where a folder cannot be used.
        """
        named = fixture.fields.flows
        folder = str(beside / named) if named else self._usual
        if folder not in self._known:
            files = read_files(folder)
            self._known[folder] = (files, compiled(files))
        return self._known[folder]
