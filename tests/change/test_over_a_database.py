"""Impact over calls in a database: a range in each process comes to the same as all in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_calls import invented, put_on_record, put_release
from planted import FIVE

from ivr.app.database import prepare_database
from ivr.change.impact.report import data
from ivr.cli import impact_calls
from ivr.cli.impact_calls import Question, impact, summary_for_publish
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


def test_several_processes_tell_the_same_as_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impact_calls, "A_PART", 25)
    question = Question(database_url=settings.database_url, wanted=CallFilter(), draft=tuple(sorted(draft().items())))

    one, two = impact(question, jobs=1), impact(question, jobs=2)

    assert data(one) == data(two)
    assert one.tally.calls == 123 and one.tally.outcomes["skipped"] == 3 and one.diverted > 0


def test_publish_is_told_in_three_lines(settings: Settings) -> None:
    lines = summary_for_publish(settings, draft(), "")

    assert len(lines) == 3
    assert lines[0] == "123 calls: 120 replayed, 3 skipped, 0 unreadable."
    assert "led elsewhere" in lines[1] and lines[2].startswith("The most: ")
    assert summary_for_publish(settings, draft(), "2030-01-01T00:00:00+00:00") == []
    assert summary_for_publish(Settings(database_url="sqlite:///nowhere.db"), draft(), "") == []
