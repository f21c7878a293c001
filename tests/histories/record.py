"""Record the history of this version: every fixture phoned through the webhooks, and what was stored of it.

python tests/histories/record.py        writes tests/histories/VERSION.jsonl, once for each version
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from recorded_history import History

from ivr.app.database import prepare_database
from ivr.app.preparing import store_draft
from ivr.cli.shared.in_process_hotline import LAST_RESORT, InProcessHotline, pinned_by
from ivr.config import Settings
from ivr.flow.release import body_of, read_files
from ivr.replay.fixture import read_fixture
from ivr.replay.play import play
from ivr.replay.scene import Scene
from ivr.service.ports import CallFilter
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine

ROOT = Path(__file__).parents[2]
CALLS = ROOT / "tests" / "calls"


def recorded(database: Path) -> History:
    """The history of this version, made with a database of its own."""
    settings = Settings(database_url=f"sqlite:///{database}", sqlite_sync="OFF", last_resort=LAST_RESORT)
    prepare_database(settings)
    history = History(version("ivr"))
    for file in sorted(CALLS.glob("*.call.yaml")):
        fixture, findings = read_fixture(file.name, file.read_bytes())
        assert fixture is not None, findings
        fields = fixture.fields
        files = read_files(str(CALLS / fields.flows if fields.flows else ROOT / "flows"))
        release = store_draft(settings, files, datetime.now(UTC))
        history.bodies[release] = body_of(files)
        scene = Scene(fields)
        hotline = InProcessHotline(settings, pinned_by(fixture, scene, release))
        call = file.name.removesuffix(".call.yaml")
        phone = hotline.phone(caller=fields.from_, called=fields.to, call=call, at=scene.at)
        unmet = play(fixture, phone, scene).unmet
        assert unmet is None, unmet
    rows = CallRows(engine(settings.database_url))
    for call in rows.calls(CallFilter(simulated=True)):
        history.calls.append((call, [reply for reply in rows.replies(call.call) if reply is not None]))
    return history


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = recorded(Path(folder) / "history.db")
    path = Path(__file__).parent / f"{made.version}.jsonl"
    if path.exists():
        sys.exit(f"{path.name} is there: what a version has recorded is never recorded again.")
    path.write_text("\n".join(made.lines()) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path.name}: {len(made.calls)} calls, {len(made.bodies)} releases\n")
