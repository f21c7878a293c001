"""Coverage of a draft: fixtures played on the bare engine, against what exploring says calls can walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ivr.cli.shared.written_example import written_example
from ivr.engine.turn import begin
from ivr.errors import InvalidArgument
from ivr.explore.coverage import Item, items, possible, real, walked_by
from ivr.explore.coverage_report import Coverage
from ivr.explore.search import Undecided
from ivr.explore.state_walk import MOST_STATES, Scope, Walked, walk
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import Files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.both_ways import engine_phone, entry_of, no_beginning
from ivr.replay.fixture import Fixture
from ivr.replay.fixture_files import fixture_files, fixture_in, is_about, write_fixture
from ivr.replay.play import play
from ivr.replay.sentences import at


@dataclass(frozen=True, slots=True)
class CoverageRun:
    """What the fixtures walk, and the states exploring has walked, from which calls to the gaps are written."""

    coverage: Coverage
    walked: Walked

    @classmethod
    def of(cls, files: Files, fixtures: Sequence[Fixture]) -> CoverageRun:
        """Play the fixtures. `InvalidArgument` where nobody can tell what can be walked."""
        release = compiled(files)
        seen: set[Item] = set()
        failed = [fixture.file for fixture in fixtures if not _play(fixture, release, seen)]
        walked = _walked(release)
        might = possible(walked)
        try:
            calls = real(walked, {item: edge for item, edge in might.items() if item not in seen})
        except Undecided as undecided:
            raise InvalidArgument(Message("coverage.undecided", why=undecided.message)) from undecided
        return cls(Coverage(parse(files), release, seen & might.keys(), calls, len(fixtures), failed), walked)

    def write_missing(self, folder: Path) -> tuple[list[Path], int]:
        """Write a call to each gap; one that walks several is written once, the longest first. The files, and how many
        gaps no fixture can be written for."""
        written: list[Path] = []
        missing = self.coverage.missing
        gaps = set(missing)
        for item, example in sorted(missing.items(), key=lambda pair: (-len(pair[1].inputs), pair[0])):
            if item not in gaps:
                continue
            call = written_example(self.walked, example, shown(_title(item)))
            if not call.text:
                continue
            gaps -= walked_by(example, begin(self.walked.release, example.entry))
            name = "_".join((item.flow, item.step, item.what, item.language)).replace(" ", "_").replace("/", "_")
            written.append(folder / f"{name}.call.yaml")
            write_fixture(written[-1], call.text)
        return written, len(gaps)


def _title(item: Item) -> Message:
    return Message("coverage.title", step=f"{item.flow}.{item.step}", exit=item.what, language=item.language)


def fixtures_at(path: str, flows: str) -> list[Fixture]:
    """The fixtures at a path that are about these flows. `InvalidArgument` where there is none or one is no fixture."""
    root = Path(path)
    found = [root] if root.is_file() else fixture_files(root) if root.is_dir() else []
    if not found:
        raise InvalidArgument(Message("replay.files.none-at", path=path))
    return [fixture for fixture in map(fixture_in, found) if is_about(fixture, flows)]


def _play(fixture: Fixture, release: Release, seen: set[Item]) -> bool:
    """Play a fixture and note what it walks; False where it fails."""
    fixture = fixture.in_zone(release.time_zone)
    fields = fixture.fields
    if why := no_beginning(fields, release):
        raise InvalidArgument(at(f"{fixture.file}:{fixture.line(*why.path)}", why.said))
    phone, scene = engine_phone(fields, release)
    played = play(fixture, phone, scene)
    before = begin(release, entry_of(fields, release), fields.language)
    for turn in phone.taken:
        seen.update(items(before, turn.events, turn.state))
        before = turn.state
    return played.mismatch is None


def _walked(release: Release) -> Walked:
    today = datetime.now(ZoneInfo(release.time_zone)).date()
    walked = walk(release, Scope(since=today), by_language=True)
    if not walked.complete:
        raise InvalidArgument(Message("coverage.stopped", states=MOST_STATES))
    return walked
