"""Calls that the hotline placed, as they lie on record: replayed, judged under a draft, captured as fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ivr.app.database import Database, opened
from ivr.change.impact.compare_calls import BatchComparison
from ivr.change.impact.report import Report, data, text
from ivr.cli.shared.in_process_hotline import HotlinePool
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.flow.release import Files, read_files
from ivr.lint.findings import compiled
from ivr.replay.both_ways import run_both
from ivr.replay.capture import capture
from ivr.replay.engine_phone import CALL
from ivr.replay.fixture import read_fixture
from ivr.replay.stored import replay_stored
from ivr.service.ports import CallFilter, RecordedCall

ROOT = Path(__file__).parents[2]
REFUSED, ACCEPTED, MACHINE = "follow_up_refused", "follow_up_accepted", "follow_up_machine_later"
RATED, HUNG_UP = "follow_up_rated_1", "follow_up_hung_up_while_speaking"
ALL = CallFilter(simulated=True)


@pytest.fixture(scope="module")
def flows() -> Files:
    return read_files(str(ROOT / "flows"))


@pytest.fixture(scope="module")
def release(flows: Files) -> Release:
    return compiled(flows)


@pytest.fixture(scope="module")
def databases(
    tmp_path_factory: pytest.TempPathFactory, flows: Files, release: Release
) -> Iterator[dict[str, Database]]:
    """A database for each of some fixtures, after its call through the webhooks."""
    folder, found = tmp_path_factory.mktemp("placed"), dict[str, Database]()
    pool, stack = HotlinePool(folder), ExitStack()
    for n, name in enumerate((REFUSED, ACCEPTED, MACHINE, RATED, HUNG_UP), 1):
        fixture, _ = read_fixture(name, (ROOT / "tests" / "calls" / f"{name}.call.yaml").read_bytes())
        assert fixture is not None
        assert run_both(fixture, flows, release, pool).failure == ""
        found[name] = stack.enter_context(opened(Settings(database_url=f"sqlite:///{folder / f'{n}.db'}")))
    with stack:
        yield found


def call_of(database: Database) -> RecordedCall:
    found = database.call(CALL)
    assert found is not None
    return found


@pytest.mark.parametrize("name", [REFUSED, ACCEPTED, MACHINE])
def test_a_call_we_placed_replays_without_a_change(databases: dict[str, Database], release: Release, name: str) -> None:
    render = databases[name].ports.render

    totals = list(replay_stored(databases[name].calls, ALL, lambda _: release, render, twiml=True))

    assert [(each.calls, each.differ, each.unread) for each in totals] == [(1, [], [])]


@pytest.mark.parametrize("name", [REFUSED, ACCEPTED, MACHINE])
def test_a_call_we_placed_is_captured_without_its_customer(
    databases: dict[str, Database], release: Release, name: str
) -> None:
    call = call_of(databases[name])._replace(customer="+862155500177")

    found = capture(release, call, databases[name].calls.transcripts(CALL)).text

    captured, findings = read_fixture("captured", found.encode())
    assert captured is not None, findings
    assert captured.fields.outgoing == "followup"
    assert captured.fields.case is not None and captured.fields.case.name == "王女士"
    assert "+862155500177" not in found and "from:" not in found
    wanted = {REFUSED: "not_accepted", ACCEPTED: "accepted", MACHINE: "machine"}[name]
    assert captured.fields.ends.follow_up == wanted


@pytest.mark.parametrize("name", [REFUSED, ACCEPTED, RATED, HUNG_UP, MACHINE])
def test_a_call_about_a_case_with_another_number_than_a_fixtures_is_captured(
    databases: dict[str, Database], release: Release, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All cases of the house have other numbers than the one that stands in a captured call."""
    monkeypatch.setattr("ivr.replay.anonymize.CASE_CALL", 7)
    own = capture(release, call_of(databases[name]), databases[name].calls.transcripts(CALL)).text
    monkeypatch.undo()
    assert own == capture(release, call_of(databases[name]), databases[name].calls.transcripts(CALL)).text


def test_impact_counts_our_calls_apart_and_says_what_is_not_recorded(
    databases: dict[str, Database], flows: Files
) -> None:
    name = next(each for each in flows if each.endswith("followup.yaml"))
    draft = {**flows, name: flows[name].replace(b"    yes: accepted\n", b"    yes: unclear\n")}
    comparison = BatchComparison(databases[ACCEPTED].bodies.body, draft)

    calls = [call_of(databases[each]) for each in (REFUSED, ACCEPTED, MACHINE)]
    report = Report(totals=comparison.totals(calls), changes=comparison.difference(calls[0].release).changes)

    said = "\n".join(map(str, text(report)))
    assert "Of 3 calls we placed: 1 diverted, 2 the same." in said
    assert "1 acceptance is not on record at that point" in said
    assert data(report)["placed"] == {"calls": 3, "diverted": 1}
