"""Record the history of this version: every fixture phoned through the webhooks, and what was stored of it.

python tests/histories/record.py        writes tests/histories/VERSION.jsonl, once for each version
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from recorded_history import History

from ivr.app.database import prepare_database
from ivr.app.preparing import store_draft
from ivr.cli.shared.in_process_hotline import LAST_RESORT, InProcessHotline, opening_of
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.flow.release import Files, body_of, read_files
from ivr.lint.findings import compiled
from ivr.replay.engine_phone import CALL
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.play import play
from ivr.replay.scene import Scene
from ivr.service.ports import CallFilter
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine

ROOT = Path(__file__).parents[2]
CALLS = ROOT / "tests" / "calls"


@dataclass
class FixtureCalls:
    """Fixtures phoned, each on a database of its own: a fixture may say the number of its case, and the first call of a
    database has always the same. The database is made once for a set of flows, then copied."""

    folder: Path
    made: dict[str, tuple[Path, str, Release]] = field(default_factory=dict)

    def phone(self, file: Path) -> Path:
        """The database with the call of this fixture and nothing else."""
        fixture, findings = read_fixture(file.name, file.read_bytes())
        assert fixture is not None, findings
        template, name, release = self.template(fixture)
        path = self.folder / f"{file.name}.db"
        shutil.copy(template, path)
        fields, scene = fixture.fields, Scene(fixture.fields)
        hotline = InProcessHotline(_settings(path), opening_of(fixture, scene, name), release)
        phone = hotline.phone(caller=fields.from_, called=fields.to, call=CALL, at=scene.at)
        mismatch = play(fixture, phone, scene).mismatch
        assert mismatch is None, f"{file.name}: {mismatch}"
        return path

    def template(self, fixture: Fixture) -> tuple[Path, str, Release]:
        """A database without calls that holds the release a fixture is about; the release's name and itself."""
        flows = fixture.fields.flows
        if flows not in self.made:
            files, path = files_of(flows), self.folder / f"template-{len(self.made)}.db"
            prepare_database(_settings(path))
            name = store_draft(_settings(path), files, datetime.now(UTC))
            self.made[flows] = (path, name, compiled(files))
        return self.made[flows]


def files_of(flows: str) -> Files:
    """The files a fixture is about: the shipped flows unless it names others."""
    return read_files(str(CALLS / flows if flows else ROOT / "flows"))


def _settings(path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{path}", sqlite_sync="OFF", last_resort=LAST_RESORT)


def recorded(folder: Path) -> History:
    """The history of this version, made with databases in this folder."""
    history, fixtures = History(version("ivr")), FixtureCalls(folder)
    for file in sorted(CALLS.glob("*.call.yaml")):
        rows = CallRows(engine(f"sqlite:///{fixtures.phone(file)}"))
        for call in rows.calls(CallFilter(simulated=True)):
            named = call._replace(call=file.name.removesuffix(".call.yaml"))
            history.calls.append((named, [reply for reply in rows.replies(call.call) if reply is not None]))
    history.bodies = {name: body_of(files_of(flows)) for flows, (_, name, _) in fixtures.made.items()}
    return history


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = recorded(Path(folder))
    path = Path(__file__).parent / f"{made.version}.jsonl"
    if path.exists():
        sys.exit(f"{path.name} is there: what a version has recorded is never recorded again.")
    path.write_text("\n".join(made.lines()) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path.name}: {len(made.calls)} calls, {len(made.bodies)} releases\n")
