"""Impact over calls in a database: several processes give the same report as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_calls import invented, put_on_record, put_release
from planted import FIVE

from ivr.app.database import prepare_database
from ivr.change.impact.report import data
from ivr.cli.shared import impact_run
from ivr.cli.shared.impact_run import ImpactRequest, impact, impact_summary
from ivr.config import Settings
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.service.ports import CallFilter

FLOWS = {path.name: path.read_bytes() for path in sorted((Path(__file__).parents[2] / "flows").glob("*.yaml"))}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(database_url=f"sqlite:///{tmp_path / 'ivr.db'}")
    prepare_database(made)
    name = put_release(made.database_url, FLOWS)
    found = [call for call, _ in invented(compile_release(parse(FLOWS)), range(1, 121), name=name)]
    gone = [call._replace(call=f"CB{n}", number=1000 + n, release="f" * 64) for n, call in enumerate(found[:3])]
    put_on_record(tmp_path / "ivr.db", [*found, *gone])
    return made


def draft() -> dict[str, bytes]:
    files = dict(FLOWS)
    for edit in FIVE:
        files = edit.applied(files)
    return files


def test_several_processes_report_the_same_as_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact_run, "A_PART", 25)
    request = ImpactRequest.of(settings, draft(), CallFilter())

    one, two = impact(request, jobs=1), impact(request, jobs=2)

    assert data(one) == data(two)
    assert one.totals.calls == 123 and one.totals.outcomes["skipped"] == 3 and one.diverted > 0


def test_publish_gets_three_lines(settings: Settings) -> None:
    lines = impact_summary(settings, draft(), "")

    assert len(lines) == 3
    assert lines[0] == "123 calls: 120 replayed, 3 skipped, 0 unreadable."
    assert "diverted" in lines[1] and lines[2].startswith("The most: ")
    assert impact_summary(settings, draft(), "2030-01-01T00:00:00+00:00") == []
    assert impact_summary(Settings(database_url="sqlite:///nowhere.db"), draft(), "") == []
