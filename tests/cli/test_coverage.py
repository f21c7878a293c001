"""`ivr coverage`: what fixtures walk, what they do not with its line, and calls written to the gaps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_here import command_here

from ivr.cli.shared import coverage_run
from ivr.explore.state_walk import Walked
from ivr.flow.model import Release
from ivr.flow.release import body_of

ROOT = Path(__file__).parents[2]
EXITS = ROOT / "tests" / "calls"
HOURS = """\
call: opening hours
at: 2026-03-02T14:00+08:00
turns: [{hear: 营业时间，请按1, press: 1}, hang up]
ends: {disposition: abandoned, case: no}
"""


@pytest.fixture(scope="module", autouse=True)
def walked_once() -> Iterator[None]:
    """Each hotline is walked once; to walk the shipped one takes two seconds."""
    compiled, walked = coverage_run.compiled, coverage_run._walked
    releases: dict[str, Release] = {}
    found: dict[int, Walked] = {}

    def walked_of(release: Release) -> Walked:
        if id(release) not in found:
            found[id(release)] = walked(release)
        return found[id(release)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage_run, "compiled", lambda files: releases.setdefault(body_of(files), compiled(files)))
        patch.setattr(coverage_run, "_walked", walked_of)
        yield


def one_fixture(folder: Path, name: str = "complaint_at_night") -> None:
    (folder / "tests").mkdir()
    shutil.copy(EXITS / f"{name}.call.yaml", folder / "tests")


@pytest.fixture
def small(folder: Path) -> Path:
    """The small hotline instead of the shipped flows, with one fixture."""
    shutil.rmtree(folder / "flows")
    shutil.copytree(ROOT / "docs" / "small", folder / "flows")
    (folder / "tests").mkdir()
    (folder / "tests" / "hours.call.yaml").write_text(HOURS, encoding="utf-8")
    return folder


def test_the_shipped_fixtures_walk_all_there_is_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = command_here(ROOT, monkeypatch, capsys)("coverage", "--fail-under", "100")

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    (total,) = (line for line in done.stdout.splitlines() if line.startswith("all "))
    assert "100.0%" in total


def test_what_is_not_walked_has_its_line_and_its_language(ivr, folder: Path) -> None:
    one_fixture(folder)

    done = ivr("coverage")

    assert done.returncode == 0
    assert "flows/complaint.yaml:16: complaint.product: loan is not walked in en-US" in done.stdout
    assert "flows/complaint.yaml:11: complaint.product: card is not walked in zh-CN" not in done.stdout
    assert "flows/contact.yaml:8: contact.known: else is not walked in zh-CN" in done.stdout
    assert "contact.ask: confirm no is not walked in zh-CN" in done.stdout
    assert "inquiry.topic: no_match 2 is not walked in en-US" in done.stdout


def test_below_the_floor_it_answers_no_and_an_exit_no_call_can_take_is_no_gap(ivr, folder: Path) -> None:
    one_fixture(folder)

    done = ivr("coverage", "--fail-under", "90", "--format", "json")

    whole = json.loads(done.stdout)
    assert done.returncode == 1
    assert done.stderr == f"{whole['percent']:.1f}% is less than 90%.\n"
    assert whole["walked"] + len(whole["missing"]) == whole["possible"]
    assert {"flow": "main", "language": "en-US", "walked": 0, "possible": 40} in whole["flows"]
    assert not [item for item in whole["missing"] if (item["step"], item["what"]) == ("emergency", "closed")]
    assert not [item for item in whole["missing"] if item["what"] == "zh-CN" and item["language"] == "en-US"]


def test_the_calls_written_to_the_gaps_pass_and_close_them(ivr, folder: Path) -> None:
    shutil.rmtree(folder / "flows")
    shutil.copytree(ROOT / "docs" / "small", folder / "flows")
    (folder / "tests").mkdir()
    ivr("call", "--save", "tests/first.call.yaml", given="2\n/record charged twice\n/hang-up\n")
    before = json.loads(ivr("coverage", "--format", "json").stdout)

    ivr("coverage", "--write-missing", "tests/missing")
    replayed = ivr("replay", "tests/missing", "--webhooks")
    after = json.loads(ivr("coverage", "--format", "json").stdout)

    assert replayed.returncode == 0, replayed.stdout[-1500:]
    assert before["percent"] < 50 and after["percent"] == 100
    assert after["missing"] == [] and after["failed"] == []


def test_the_page_holds_every_gap_and_nothing_from_elsewhere(ivr, small: Path) -> None:

    page = ivr("coverage", "--format", "html").stdout

    assert page.startswith("<!doctype html>")
    assert "<code>flows/complaint.yaml:10</code>" in page
    assert "http" not in page and "<script" not in page


def test_a_fixture_that_fails_is_named_and_answers_no(ivr, small: Path) -> None:
    path = small / "tests" / "hours.call.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("营业时间，请按1", "营业时间，请按7"), encoding="utf-8")

    done = ivr("coverage")

    assert done.returncode == 1
    assert "failed: tests/hours.call.yaml (see `ivr replay`)" in done.stdout


def test_no_fixture_at_all_is_a_sentence(ivr) -> None:
    done = ivr("coverage", "nowhere")

    assert done.returncode == 2
    assert done.stderr == 'ivr: there is no fixture (*.call.yaml) at "nowhere".\n'
