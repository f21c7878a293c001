"""What `ivr publish` asks of the fixtures: those that only hear other words are told, the others stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.change.diff.compare import difference
from ivr.cli.shared.fixture_outcomes import fixtures_in, outcome_changes
from ivr.cli.shared.revision import Revision, live_revision
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.flow.parse import parse
from ivr.flow.release import Files
from ivr.messages.message import Message
from ivr.replay.both_ways import FixtureResult, run_engine
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.fixture_files import FIXTURES, is_about
from ivr.replay.outcome_lines import update_hint
from ivr.replay.sentences import all_of, first_said
from ivr.service.releases.publishing import Draft, DraftCheck
from ivr.service.releases.release_ports import Check

MOST_SHOWN = 3


@dataclass(slots=True)
class _Failure:
    """A fixture that failed: its line; `fixture` where it could be read, `of_words` where it heard other words."""

    line: str
    fixture: Fixture | None = None
    of_words: bool = False


def fixture_check(folder: str | None, settings: Settings) -> DraftCheck:
    """Plays the fixtures of a folder through the engine; one about other flows is left out.

    Where only words changed since the live release, and the call takes the same way and leaves the same, a fixture
    that hears other words than it expects is no failure. `InvalidArgument` where a named folder has none.
    """
    files = fixtures_in(folder)
    named = folder or FIXTURES

    def check(draft: Draft) -> Check:
        results = [_played(file, draft, settings.flows) for file in files]
        played = [result for result in results if result is not None]
        failures = [result for result in played if result.line]
        elsewhere = len(results) - len(played)
        if not played:
            return Check("fixtures", True, _none_played(named, elsewhere), skipped=True)
        reworded = _reworded(failures, draft.files, settings)
        grave = [failure for failure in failures if failure.line not in reworded]
        passed = len(played) - len(failures)
        if grave:
            heard = [update_hint(named)] if any(failure.of_words for failure in failures) else []
            summary = Message("replay.check.failed", failed=len(grave), played=len(played))
            return Check(
                "fixtures", False, _with_others(summary, elsewhere), [*(failure.line for failure in grave), *heard]
            )
        if reworded:
            summary = Message("replay.check.reworded", passed=passed, reworded=len(reworded))
            return Check("fixtures", True, _with_others(summary, elsewhere), [*_shown(reworded), update_hint(named)])
        return Check("fixtures", True, _with_others(Message("replay.check.passed", passed=passed), elsewhere))

    return check


def _none_played(folder: str, elsewhere: int) -> Message:
    if elsewhere:
        return Message("replay.check.all-elsewhere", folder=folder, elsewhere=elsewhere)
    return Message("replay.check.no-fixture", folder=folder)


def _with_others(summary: Message, elsewhere: int) -> Message:
    return Message("replay.check.elsewhere", summary=summary, elsewhere=elsewhere) if elsewhere else summary


def _played(file: Path, draft: Draft, flows: str) -> _Failure | None:
    """What came of a fixture: an empty line where it passed, None where it is about other flows."""
    try:
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            return _Failure(all_of(findings))
        if not is_about(fixture, flows):
            return None
        result = run_engine(fixture, draft.release)[0]
        return _Failure(result.failure, fixture, _of_words(result))
    except OSError as failed:
        return _Failure(Message("replay.check.unreadable", file=str(file), error=failed.strerror))
    except IvrError as failed:
        return _Failure(first_said(failed))


def _of_words(result: FixtureResult) -> bool:
    return result.mismatch is not None and result.mismatch.of_words


def _reworded(failures: Sequence[_Failure], files: Files, settings: Settings) -> list[str]:
    """The failures of fixtures for which nothing but words changed since the live release; none without one."""
    heard = {failure.fixture.file: failure for failure in failures if failure.of_words and failure.fixture}
    live = _live(settings) if heard else None
    if live is None:
        return []
    now = Revision("the draft", parse(files), files)
    changed = difference(live.parsed, now.parsed)
    fixtures = [failure.fixture for failure in heard.values() if failure.fixture]
    return [heard[change.file].line for change in outcome_changes(live, now, fixtures, changed) if change.words]


def _live(settings: Settings) -> Revision | None:
    try:
        return live_revision(settings)
    except IvrError:
        return None


def _shown(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MOST_SHOWN
    return [*lines[:MOST_SHOWN], *([Message("replay.check.more", more=more)] if more > 0 else [])]
