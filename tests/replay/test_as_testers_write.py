"""Fixtures as a tester writes them: what may be written several ways, and a sentence with the fix for the rest."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.play import shown_act

BASE = """\
call: a caller
at: 2026-03-02T10:00
turns:
  - {press: 1}
ends: {disposition: abandoned}
"""


@pytest.fixture(scope="module")
def hotline() -> Release:
    return compiled(read_files(str(Path(__file__).parents[2] / "flows")))


def read(old: str, new: str) -> Fixture:
    assert old in BASE
    fixture, findings = read_fixture("mine.call.yaml", BASE.replace(old, new).encode())
    assert fixture is not None, [str(finding) for finding in findings]
    return fixture


def refused(old: str, new: str) -> str:
    assert old in BASE
    fixture, findings = read_fixture("mine.call.yaml", BASE.replace(old, new).encode())
    assert fixture is None
    return str(findings[0])


@pytest.mark.parametrize(
    ("turn", "act"),
    [
        ("{hear: 您好, silence}", "silence"),
        ("{silence, hear: 您好}", "silence"),
        ("{silence}", "silence"),
        ("silence:", "silence"),
        ("{silence: true}", "silence"),
        ("silent", "silence"),
        ("{after: 3s, silence}", "silence"),
        ("{hear: 您好, hang up}", "hang up"),
        ("{hear: 您好, hang-up}", "hang up"),
        ("Hang up", "hang up"),
        ("hang_up", "hang up"),
        ("hangs up", "hang up"),
        ("{press: [1, 2]}", "press 12"),
        ("{press: 1 2 star}", "press 12star"),
        ("{speak: 投诉, confidence: 30}", "speak 投诉"),
        ("{record: I was charged twice}", "record 4 s I was charged twice"),
        ("{record: {text: 重复扣费}}", "record 2 s 重复扣费"),
        ("{transfer: no answer}", "transfer no-answer"),
        ("{transfer: no_answer}", "transfer no-answer"),
    ],
)
def test_an_act_may_be_written_in_several_ways(turn: str, act: str) -> None:
    (read_turn,) = read("{press: 1}", turn).fields.turns

    assert shown_act(read_turn) == act


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("press 1", '"press 1" needs a colon: write `- press: 1`.'),
        ("1", "keys are pressed: write `- press: 1`."),
        ("press: #", 'a key is missing: write it, and "#" in quotes or as pound.'),
        (
            "{press: complaint}",
            '"complaint" is no key of a telephone: write keys such as 1, 12# or star; words are `speak',
        ),
        (
            "{hear: 您好，silence}",
            '"您好，silence" has a full-width comma: write a half-width comma and a space before silence.',
        ),
        ("{hear: 您好, press}", '"press" is a key without a value. Write press: and its value'),
        ("hear: 您好", "the caller does nothing in this turn: add one of press, speak, silence"),
        ("{silence, press: 1}", "this turn has 2 acts (press and silence): write each as a turn of its own."),
        ("{speak: x, confidence: high}", "write how sure the recogniser is as a percentage"),
    ],
)
def test_a_turn_that_makes_no_sense_is_told_with_what_to_write(turn: str, said: str) -> None:
    assert said in refused("{press: 1}", turn)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-02", "write the time too, such as 2026-03-02T22:10."),
        ("2026-02-30T10:00", "there is no day 30 in 2026-02: this month has 28 days."),
        ("2026/03/02 10:00", "write the date as 2026-03-02."),
        ("2026-03-02T25:00", "write a day and a time, such as 2026-03-02T22:10"),
        ("tomorrow", "write a date as 2026-10-01."),
        ("0026-03-02T10:00", "write a year from 1970 to 2199."),
    ],
)
def test_a_time_that_is_none_is_told_with_what_to_write(at: str, said: str) -> None:
    assert said in refused("2026-03-02T10:00", at)


def test_a_time_without_a_zone_is_the_hotline_s(hotline: Release) -> None:
    fixture = read("2026-03-02T10:00", "2026-03-02 22:10")

    assert fixture.in_zone("Asia/Shanghai").fields.at == datetime(2026, 3, 2, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert read("10:00", "10:00+01:00").in_zone("Asia/Shanghai").fields.at.isoformat() == "2026-03-02T10:00:00+01:00"


def test_a_desk_is_closed_by_the_hotline_s_own_clock(hotline: Release) -> None:
    turns = "{press: 1}\n  - silence\n  - press: 0\n  - {hear: 现在是非工作时间, hang up}"

    assert run_engine(read("{press: 1}", turns), hotline)[0].failure != ""
    night = BASE.replace("T10:00", "T23:00").replace("{press: 1}", turns)
    fixture, _ = read_fixture("mine.call.yaml", night.encode())
    assert fixture is not None
    assert "expected to hear" not in run_engine(fixture, hotline)[0].failure


@pytest.mark.parametrize(
    ("ends", "kinds"),
    [
        ("abandoned", []),
        ("{disposition: abandoned, case: complaint}", ["complaint"]),
        ("{disposition: abandoned, case: [complaint, feedback]}", ["complaint", "feedback"]),
        ("{disposition: abandoned, case: none}", []),
    ],
)
def test_the_end_may_be_a_word_and_a_case_its_kind(ends: str, kinds: list[str]) -> None:
    fixture = read("{disposition: abandoned}", ends)

    assert fixture.fields.ends.disposition == "abandoned"
    assert [case.kind for case in fixture.fields.ends.case] == kinds
