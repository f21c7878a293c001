"""pytest collects `*.call.yaml`: each fixture runs both ways, and a failure is one line and the dialogue so far.

It is loaded into every pytest run where ivr is installed: nothing of ivr is imported before there is a fixture. The
hotlines with webhooks come from whoever implements its hook; without one a fixture runs through the bare engine alone.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ivr.flow.model import Release
    from ivr.flow.release import Files
    from ivr.replay.both_ways import FixtureHotlines, FixtureResult
    from ivr.replay.fixture import Fixture
    from ivr.replay.fixture_files import FlowFolders

ENDING = ".call.yaml"
_HEARD_OR_SAID = re.compile(r"\b(?:hear|speak|text):[ \t]*((?:\[[^\]]*\]|[^\n])+)")
_SENTENCE = re.compile(r"^call:[ \t]*(.+)$", re.M)


class CallFailed(Exception):
    """A fixture did not come out as its file says."""


class Hooks:
    """The hooks this plugin calls."""

    @pytest.hookspec(firstresult=True)
    def pytest_fixture_hotlines(self, workspace: Path) -> FixtureHotlines | None:
        """Fresh hotlines with webhooks for the fixtures of this run; `workspace` is a folder for their databases."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Offer the hooks."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of one call."""
    if file_path.name.endswith(ENDING):
        return CallFile.from_parent(parent, path=file_path)
    return None


class CallFile(pytest.File):
    """A fixture's file."""

    def collect(self) -> Iterator[pytest.Item]:
        yield CallItem.from_parent(self, name=self.path.name.removesuffix(ENDING))


class CallItem(pytest.Item):
    """A fixture as a test: named like its file, and found by `-k` by the words of its sentence and of the call too."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        text = self.path.read_bytes().decode(errors="replace")
        sentence = _SENTENCE.search(text)
        if sentence:
            self.extra_keyword_matches.add(sentence[1].strip())
        if self.config.getoption("keyword", ""):
            self.extra_keyword_matches.update(found[1].strip() for found in _HEARD_OR_SAID.finditer(text))

    def runtest(self) -> None:
        from ivr.errors import IvrError
        from ivr.replay.fixture import read_fixture
        from ivr.replay.sentences import at, first_said

        fixture, findings = read_fixture(self._shown(), self.path.read_bytes())
        if fixture is None:
            raise CallFailed("\n".join(_for_reader(finding.sentence()) for finding in findings))
        run = _run_of(self.config)
        try:
            verdict = run.result(fixture, *run.folders.of(fixture, self.path.parent))
        except IvrError as failed:
            why = at(f"{self._shown()}:{fixture.line('flows')}", first_said(failed))
            raise CallFailed(_for_reader(why)) from None
        if verdict.failure:
            lines = [_for_reader(verdict.failure), *(f"    {line}" for line in verdict.dialogue)]
            if verdict.mismatch is not None and verdict.mismatch.of_words:
                from ivr.replay.outcome_lines import update_hint

                lines.append(_for_reader(update_hint(self._shown())))
            raise CallFailed("\n".join(lines))

    def _shown(self) -> str:
        root = self.config.rootpath
        return str(self.path.relative_to(root) if self.path.is_relative_to(root) else self.path)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """One line and the dialogue; a trace only for what is no fixture's fault."""
        if isinstance(excinfo.value, CallFailed):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"call {self.name}"


def _for_reader(text: str) -> str:
    """A sentence in the language of IVR_LANG: pytest has no option of ours."""
    from ivr.messages.catalogue import ENGLISH, language_like
    from ivr.messages.message import Message

    language = language_like(os.environ.get("IVR_LANG", "")) or ENGLISH
    return text.in_language(language) if isinstance(text, Message) else text


class FixtureRun:
    """What the fixtures of a pytest run share: their flows, compiled once, and where their hotlines come from."""

    def __init__(self, folders: FlowFolders, hotlines: FixtureHotlines | None) -> None:
        self.folders, self._hotlines = folders, hotlines

    def result(self, fixture: Fixture, files: Files, release: Release) -> FixtureResult:
        """Both ways; through the engine alone where nobody gives hotlines."""
        from ivr.replay.both_ways import run_both, run_engine

        if self._hotlines is None:
            return run_engine(fixture, release)[0]
        return run_both(fixture, files, release, self._hotlines)


RUN: pytest.StashKey[FixtureRun] = pytest.StashKey()


def _run_of(config: pytest.Config) -> FixtureRun:
    """Made for the first fixture; its databases are removed when the run ends."""
    from ivr.replay.fixture_files import FlowFolders

    known = config.stash.get(RUN, None)
    if known is None:
        workspace = tempfile.mkdtemp()
        config.add_cleanup(lambda: shutil.rmtree(workspace, ignore_errors=True))
        usual = os.environ.get("IVR_FLOWS") or str(config.rootpath / "flows")
        hotlines = config.hook.pytest_fixture_hotlines(workspace=Path(workspace))
        known = config.stash[RUN] = FixtureRun(FlowFolders(usual), hotlines)
    return known
