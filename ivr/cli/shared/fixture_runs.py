"""Fixtures played for `ivr replay`: each file on its flows, in as many processes as are wanted."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from ivr.cli.shared.spread import spread, with_bar
from ivr.errors import FlowInvalid, IvrError, SettingInvalid
from ivr.messages.message import Message
from ivr.replay.both_ways import FixtureHotlines, FixtureResult, run_both, run_engine
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.fixture_files import FlowFolders
from ivr.replay.sentences import all_of, at, first_said
from ivr.replay.side_by_side import side_by_side
from ivr.replay.updating import NotUpdated, updated


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedHow:
    """How fixtures are played: through the webhooks too, with both sides shown (`width` columns), updated in place."""

    webhooks: bool = False
    update: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True)
class PlayedFile:
    """What came of one file. `shown` are the lines under a failure; `updated` that the file was put right; `reworded`
    that it failed for other words than it expects."""

    file: str
    call: str
    failure: str
    shown: Sequence[str] = field(default_factory=tuple)
    updated: bool = False
    reworded: bool = False


def play_fixtures(files: Sequence[Path], how: PlayedHow, jobs: int) -> Iterator[PlayedFile]:
    """Play them, the results in the order of the files."""
    return with_bar(spread(partial(_play, how), files, jobs), len(files), Message("replay-command.bar"))


@lru_cache(maxsize=1)
def _folders(here: Path, flows: str) -> FlowFolders:
    """What this process has compiled, working in this folder."""
    return FlowFolders(flows)


@lru_cache(maxsize=1)
def _hotlines(process: int) -> FixtureHotlines:
    """Hotlines of one process (a child has its own), whose databases go when it ends.

    The web server is loaded only here: the bare engine needs none.
    """
    from ivr.cli.shared.in_process_hotline import HotlinePool

    workspace = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, workspace, ignore_errors=True)
    return HotlinePool(Path(workspace))


def _play(how: PlayedHow, file: Path) -> PlayedFile:
    raw = file.read_bytes()
    fixture, findings = read_fixture(str(file), raw)
    if fixture is None:
        return PlayedFile(str(file), "", all_of(findings))
    call = fixture.fields.call
    try:
        verdict = _judge(how, file, fixture)
        if how.update and verdict.failure:
            text = updated(str(file), raw.decode(), lambda again: _judge(how, file, again))
            file.write_text(text, encoding="utf-8", newline="")
            return PlayedFile(str(file), call, "", updated=True)
    except NotUpdated as kept:
        failure = Message("replay-command.not-updated", failure=verdict.failure, why=kept.why)
        return PlayedFile(str(file), call, failure, verdict.dialogue)
    except FlowInvalid:
        raise
    except IvrError as failed:
        if isinstance(failed, SettingInvalid) and not fixture.fields.flows:
            raise  # no fixture can be played on flows that are not there
        why = first_said(failed)
        flows = fixture.fields.flows
        return PlayedFile(str(file), call, at(f"{file}:{fixture.line('flows')}", why) if flows else why)
    sides = list(side_by_side(fixture, verdict.heard, how.width)) if how.width else verdict.dialogue
    reworded = verdict.mismatch is not None and verdict.mismatch.of_words
    return PlayedFile(str(file), call, verdict.failure, sides if verdict.failure else (), reworded=reworded)


def _judge(how: PlayedHow, file: Path, fixture: Fixture) -> FixtureResult:
    files, release = _folders(Path.cwd(), os.environ.get("IVR_FLOWS", "flows")).of(fixture, file.parent)
    return (
        run_both(fixture, files, release, _hotlines(os.getpid())) if how.webhooks else run_engine(fixture, release)[0]
    )
