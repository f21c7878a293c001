"""`ivr survey`: a list is tried, started and stopped, and what was answered is read; every refusal is a sentence."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

LIST = "电话,语言,备注\n02155500123,普通话,x\n+862155500124,English,\nhello,,\n02155500123,,\n".encode("gb18030")


@pytest.fixture
def house(ivr, folder: Path):
    """A hotline that is published, with a lead and a list of four rows, of which two can be phoned."""
    (folder / "list.csv").write_bytes(LIST)
    assert ivr("publish", "-m", "first").returncode == 0
    for name, role in (("li", "lead"), ("wang", "agent")):
        assert ivr("people", "add", name, "--role", role).returncode == 0
    return ivr


def test_a_trial_says_who_is_phoned_and_until_when_and_starts_nothing(house) -> None:
    done = house("survey", "start", "survey", "--to", "list.csv", "--dry-run")

    said = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert said[0].startswith('line 4: "hello" is not a telephone number')
    assert said[1] == "line 5: the number stands on line 2 already. It is left out."
    assert said[2] == "Nothing was taken from 1 column: 备注."
    assert said[3] == "2 people are to be phoned in the flow survey."
    assert said[4].startswith("Everybody will have been phoned once by 20")
    assert said[5] == "Nothing has started. Leave --dry-run out to start."
    assert house("survey", "list").stdout == "There are no surveys.\n"


def test_a_survey_is_started_listed_and_stopped_and_nobody_is_asked_twice(house) -> None:
    started = house("survey", "start", "survey", "--to", "list.csv", "--as", "li")
    assert started.stdout.splitlines()[-1].startswith("The survey s1 has started.")
    assert "s1" in house("survey", "list").stdout and "2 still to be phoned" in house("survey", "list").stdout

    again = house("survey", "start", "survey", "--to", "list.csv", "--as", "li")
    assert (again.returncode, again.stdout.count("waits for a call in this flow already")) == (1, 2)
    assert again.stdout.splitlines()[-1] == "Nobody of the list can be phoned."

    assert house("survey", "stop", "s1", "--as", "li").stdout.startswith("The survey s1 is stopped: 2 ")
    assert house("survey", "stop", "s1", "--as", "li").stdout.startswith("The survey s1 is stopped: 0 ")
    figures = json.loads(house("survey", "results", "s1", "--json").stdout)
    assert {name: figures[name] for name in ("survey", "flow", "by", "file", "n", "reached", "csat")} == {
        "survey": "s1", "flow": "survey", "by": "li", "file": "list.csv", "n": 2, "reached": 0, "csat": None,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(house("survey", "results", "s1", "--csv").stdout)))
    assert [(row["follow_up"], row["number"], row["language"], row["state"]) for row in rows] == [
        ("s1-000002", "••••0123", "zh-CN", "stopped"), ("s1-000003", "••••0124", "en-US", "stopped"),
    ]  # fmt: skip
    assert "Nobody has given a rating." in house("survey", "results", "s1").stdout


REFUSED: list[tuple[tuple[str, ...], str]] = [
    (("start", "survey", "--to", "list.csv"), "--as"),
    (("start", "survey", "--to", "list.csv", "--as", "wang"), "wang is no lead"),
    (("start", "survey", "--to", "list.csv", "--as", "nobody"), "nobody"),
    (("start", "survey", "--to", "none.csv", "--dry-run"), "none.csv cannot be read"),
    (("start", "survey", "--to", ".", "--dry-run"), "cannot be read"),
    (("start", "survy", "--to", "list.csv", "--dry-run"), "Write survey."),
    (("start", "followup", "--to", "list.csv", "--dry-run"), "is about a case"),
    (("start", "main", "--to", "list.csv", "--dry-run"), "no calls of our own begin"),
    (("start", "survey", "--to", "flows/main.yaml", "--dry-run"), "names no column of numbers"),
    (("results", "s9"), 'there is no survey "s9"'),
    (("results", "s1", "--csv", "--json"), "exclude each other"),
    (("stop", "s9", "--as", "li"), 'there is no survey "s9"'),
    (("stop", "s1"), "--as"),
]


def test_what_cannot_be_done_is_a_sentence(house) -> None:
    for words, said in REFUSED:
        done = house("survey", *words)

        assert done.returncode == (1 if "lead" in said or "--as" in said or said == "nobody" else 2), words
        assert "has started" not in done.stdout, words
        assert said in done.stderr, words
        assert "Traceback" not in done.stderr


def test_without_a_release_nothing_is_started(ivr, folder: Path) -> None:
    (folder / "list.csv").write_bytes(LIST)
    ivr("people", "add", "li", "--role", "lead")
    assert "Publish one first." in ivr("survey", "start", "survey", "--to", "list.csv", "--dry-run").stderr
