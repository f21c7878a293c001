"""pytest collects `*.call.yaml`: each fixture runs both ways, and a failure is one line and the dialogue so far."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ivr.errors import IvrError
from ivr.replay.both_ways import run_both
from ivr.replay.fixture import Fixture, read_fixture


class CallFailed(Exception):
    """A fixture did not come out as its file says."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of one call."""
    if file_path.name.endswith(".call.yaml"):
        return CallFile.from_parent(parent, path=file_path)
    return None


class CallFile(pytest.File):
    """A fixture's file."""

    def collect(self) -> Iterator[pytest.Item]:
        yield CallItem.from_parent(self, name=self.path.name.removesuffix(".call.yaml"))


class CallItem(pytest.Item):
    """A fixture as a test."""

    def runtest(self) -> None:
        from ivr.cli.fixtures import Folders

        known: Any = self.config
        folders: Folders | None = getattr(known, "_ivr_folders", None)
        if folders is None:
            made: Path = known._tmp_path_factory.mktemp("calls")
            folders = known._ivr_folders = Folders(made, str(self.config.rootpath / "flows"))
        shown = str(self.path.relative_to(self.config.rootpath))
        fixture, findings = read_fixture(shown, self.path.read_bytes())
        if fixture is None:
            raise CallFailed("\n".join(map(str, findings)))
        self._play(fixture, folders)

    def _play(self, fixture: Fixture, folders: Any) -> None:
        try:
            files, release = folders.of(fixture, self.path.parent)
            verdict = run_both(fixture, release, lambda f, s: folders.rehearsals.webhooks(files, f, s))
        except IvrError as failed:
            raise CallFailed(str(failed)) from None
        if verdict.failure:
            raise CallFailed("\n".join([verdict.failure, *(f"    {line}" for line in verdict.dialogue)]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """One line and the dialogue; a trace only for what is no fixture's fault."""
        if isinstance(excinfo.value, CallFailed):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"call {self.name}"
