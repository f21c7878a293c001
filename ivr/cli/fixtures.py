"""Which flows a fixture is played on, and fresh hotlines for it."""

from __future__ import annotations

from pathlib import Path

from ivr.cli.in_process import Rehearsals
from ivr.flow.model import Release
from ivr.flow.release import Files, read_files
from ivr.lint.findings import compiled
from ivr.replay.fixture import Fixture


def fixture_files(folder: Path) -> list[Path]:
    """The fixtures in a folder and those below it, in order."""
    return sorted(path for path in folder.rglob("*.call.yaml") if path.is_file())


class Folders:
    """Flows by folder, compiled once. `FlowInvalid` or `SettingInvalid` where a folder cannot be used."""

    def __init__(self, workspace: Path, usual: str) -> None:
        self.rehearsals = Rehearsals(workspace)
        self._usual = usual
        self._known: dict[str, tuple[Files, Release]] = {}

    def of(self, fixture: Fixture, beside: Path) -> tuple[Files, Release]:
        """The files and release a fixture names (`flows:`, beside its file), or the usual ones."""
        named = fixture.fields.flows
        folder = str(beside / named) if named else self._usual
        if folder not in self._known:
            files = read_files(folder)
            self._known[folder] = (files, compiled(files))
        return self._known[folder]
