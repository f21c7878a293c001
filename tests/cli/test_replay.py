"""`ivr replay`: stored calls, many processes, both sides of a failure, expectations put right, bad input in a line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.cli.replay_command import command
from ivr.cli.shared import stored_calls
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.service.ports import CallFilter

ROOT = Path(__file__).parents[2]
COMPLAINT = "2\n/silence\n3\n1\n/record I was charged twice\n1\n/hang-up\n"
FIXTURE = """\
call: a caller who wants a person   # kept
at: 2026-03-02T14:00+08:00
turns:
  - {hear: 普通话请按1, press: 1}     # Mandarin
  - silence
  - {hear: [请选择, "您要什么？"], press: 5}
  - {hear: 正在为您转接, transfer: answered}
  - hang up
ends: {disposition: abandoned, case: {kind: feedback, partial: yes}}  # so it ends
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in this process, in a directory of its own, on the shipped flows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_FLOWS", str(ROOT / "flows"))

    def run(*words: str) -> Result:
        return CliRunner().invoke(command, words)

    return run


@pytest.fixture
def fixture(folder: Path) -> Path:
    path = folder / "person.call.yaml"
    path.write_text(FIXTURE, encoding="utf-8")
    return path


def ids(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "ivr.db")) as database:
        return [row[0] for row in database.execute("SELECT call FROM calls ORDER BY call")]


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute(statement)


def test_stored_calls_come_out_the_same_whichever_way_they_are_named(ivr, here, folder: Path) -> None:
    for given in (COMPLAINT, "1\n", "2\n\n5\n/transfer busy\n"):
        assert ivr("call", "--at", "2026-03-02T22:10", given=given).returncode == 0
    one = ids(folder)[0]

    for words in (["ivr.db", "--simulated"], [*ids(folder)], ["--since", "2026-03-01T00:00+08:00", "--simulated"]):
        done = here(*words, "--twiml")
        assert (done.exit_code, done.stdout) == (0, "3 calls with the same result, 0 differ; 13 turns\n")
    assert here(one).stdout.startswith("1 call with the same result")
    assert here("ivr.db").stdout == "0 calls with the same result, 0 differ; 0 turns\n"
    assert json.loads(here(one, "--json").stdout)["stored"]["differ"] == []


def test_a_stored_call_that_differs_says_where_and_how(ivr, folder: Path) -> None:
    ivr("call", "--at", "2026-03-02T22:10", given=COMPLAINT)
    change(folder, "UPDATE turns SET digest = x'00' WHERE turn = 4")

    done = ivr("replay", "ivr.db", "--simulated")

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"differs call {ids(folder)[0]}: turn 4",
        '        given  {"type":"digits","keys":"3"}',
        '        now    {"type":"exit","flow":"main","step":"menu","exit":"投诉"}',
        '        now    {"type":"case_opened","kind":"complaint"}',
        "0 calls with the same result, 1 differ; 7 turns",
    ]


def test_what_cannot_be_read_is_a_line_each(ivr, here, folder: Path) -> None:
    for given in (COMPLAINT, COMPLAINT, COMPLAINT):
        ivr("call", "--at", "2026-03-02T22:10", given=given)
    newer, half, gone = ids(folder)
    change(folder, f"""UPDATE turns SET input = '{{"type":"video"}}' WHERE turn = 2 AND call = '{newer}'""")
    change(folder, f"DELETE FROM turns WHERE turn = 3 AND call = '{half}'")
    change(folder, f"UPDATE calls SET release = 'abcdef0123456789' WHERE call = '{gone}'")

    done = here("ivr.db", "--simulated")

    assert done.exit_code == 1
    missing = "Object missing required field `at`"
    assert sorted(done.stdout.splitlines()[:3]) == [
        f"unread  call {newer}: turn 2 cannot be read; a newer version may have written it: {missing}",
        f"unread  call {half}: 6 of its 7 turns are stored; the others are missing",
        f"unread  call {gone}: the content of release abcdef012345 is gone from the database.",
    ]
    assert done.stdout.splitlines()[3] == "0 calls with the same result, 0 differ; 0 turns, 3 calls not readable"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere/"], 'ivr: there is no fixture (*.call.yaml) at "nowhere/".\n'),
        (["mine.call.yaml"], 'ivr: there is no fixture (*.call.yaml) at "mine.call.yaml".\n'),
        (
            ["CAnone"],
            "ivr: there is no database ivr.db yet. `ivr db upgrade`, `ivr serve`, `ivr call` and `ivr publish` make it.\n",  # noqa: E501
        ),
        (["flows"], 'ivr: there is no fixture (*.call.yaml) at "flows".\n'),
        (
            ["--since", "yesterday"],
            'ivr: --since "yesterday" is not a time. Write 30m, 12h, 7d, 2w or 2026-03-02T22:10+08:00.\n',
        ),
        (
            ["--since", "2026-03-02"],
            'ivr: --since "2026-03-02" has no time zone. Write 2026-03-02T00:00+08:00, or a length such as 7d.\n',
        ),
    ],
)
def test_what_cannot_be_replayed_is_one_sentence(here, tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "flows").mkdir()

    done = here(*words)

    assert isinstance(done.exception, IvrError) and f"ivr: {done.exception}\n" == said


def test_replay_of_nothing_says_what_it_wants(ivr) -> None:
    done = ivr("replay")

    assert done.returncode == 2 and "Name fixtures, a database or a call; or add --since 7d" in done.stderr


def test_an_unknown_call_is_named(ivr) -> None:
    ivr("call", given="1\n")

    done = ivr("replay", "CAnone")

    said = "ivr: call CAnone is not on record in ivr.db, and no file or folder has that name.\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_several_processes_come_to_the_same(ivr, folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "calls", folder / "calls")
    shutil.copytree(ROOT / "tests" / "flows", folder / "flows_of_tests")
    for path in (folder / "calls").glob("a_third*"):
        path.unlink()

    one, two = ivr("replay", "calls"), ivr("replay", "calls", "--jobs", "2")

    assert one.returncode == 0 and one.stdout == two.stdout and one.stderr == two.stderr == ""
    assert two.stdout.splitlines()[-1] == one.stdout.splitlines()[-1]


def test_broken_flows_are_told_from_another_process_too(ivr_alone, folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "calls", folder / "calls")
    (folder / "flows" / "main.yaml").write_text("flow: main\nsteps: {a: {say: hello, next: nowhere}}\n")

    done = ivr_alone("replay", "calls", "--jobs", "2")

    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "flows/main.yaml:1:1: error missing-key" in done.stderr


def test_both_sides_stand_beside_each_other(ivr, fixture: Path) -> None:
    done = ivr("replay", str(fixture), "--diff", COLUMNS="80")

    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f'failed  {fixture}:6: expected to hear "您要什么？", heard "请选择服务。')
    assert lines[1] == f"        expected{' ' * 29}heard"
    assert lines[2] == f"        普通话请按1{' ' * 26}欢迎致电示例银行。普通话请按1。"
    assert f"        > press 1{' ' * 28}> press 1" in lines
    assert f"        请选择{' ' * 29}! 请选择服务。" in lines


def test_expectations_are_put_right_in_place_and_nothing_else(ivr, fixture: Path) -> None:
    done = ivr("replay", str(fixture), "--update")

    assert done.returncode == 0
    assert done.stdout == f"updated {fixture}  a caller who wants a person\n1 passed, 0 failed\n"
    expected = FIXTURE.replace('"您要什么？"', '"请选择服务。"').replace(": abandoned", ": transferred")
    assert fixture.read_text(encoding="utf-8") == expected
    assert ivr("replay", str(fixture), "--webhooks").returncode == 0
    assert ivr("replay", str(fixture), "--update").stdout.startswith("passed")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (", transfer: answered}", ", transfer: answered}\n  - {press: 1}\n  - {transfer: busy}", ":9: the caller"),
        ("  - hang up\n", "", ":8: the call goes on (a question waits for the caller); end it with `- hang up`"),
        ("press: 5}", "not hear: 请选择, press: 5}", ':6: expected not to hear "请选择"'),
    ],
)
def test_an_act_that_does_not_fit_is_not_put_right(here, fixture: Path, old: str, new: str, why: str) -> None:
    text = FIXTURE.replace('[请选择, "您要什么？"]', "请选择").replace("abandoned", "transferred").replace(old, new)
    fixture.write_text(text, encoding="utf-8")

    done = here(str(fixture), "--update")

    assert done.exit_code == 1 and fixture.read_text(encoding="utf-8") == text
    assert f"        not updated: {fixture}{why}" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("at: 2026", "att: 2026", ':2:1: error unknown-key: there is no key "att" here. Did you mean "at"?'),
        ("press: 1}", "pres: 1}", ':4:20: error unknown-key: there is no key "pres" here. Did you mean "press"?'),
        ("14:00", "25:00", ':2:5: error bad-value: "at": write a day and a time, such as 2026-03-02T22:10'),
        (
            "  - silence",
            "  - {silence: yes, press: 1}",
            ":5:5: error bad-value: this turn has 2 acts (press and silence): write each as a turn of its own.",
        ),
        ("  - hang up", "  - hang up\n  - {press: 1}", ":9: the call has ended before this turn"),
        (
            "transfer: answered",
            "transfer: later",
            ':7:30: error bad-value: "later" is not one of "answered", "busy", "no-answer" or "failed".',
        ),
        (
            "press: 5}",
            "after: soon, press: 5}",
            ':6:24: error bad-value: "after": write a time as a number and s, m or h, such as 5s or 2m.',
        ),
        ("  - hang up\n", "", ":8: the call goes on (a question waits for the caller); end it with `- hang up`"),
        (
            "call: a",
            "flows: nowhere\ncall: a",
            ':1: there is no folder "nowhere" with flows. IVR_FLOWS names it, and `ivr new hotline` makes an example.',
        ),
        ("call: a", "flow: nowhere\ncall: a", ':1: there is no flow "nowhere"'),
    ],
)
def test_a_fixture_with_a_mistake_is_one_line_with_its_place(
    here, tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = FIXTURE.replace('[请选择, "您要什么？"]', "请选择").replace("abandoned", "transferred")
    assert old in text
    (tmp_path / "mine.call.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")

    done = here("mine.call.yaml")

    assert done.exit_code == 1
    assert done.stdout.startswith(f"failed  mine.call.yaml{said}"), done.stdout


def test_stored_calls_are_spread_over_processes_by_ranges(ivr, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for given in ("1\n", COMPLAINT, "2\n\n5\n/transfer busy\n"):
        ivr("call", "--at", "2026-03-02T22:10", given=given)
    change(folder, "UPDATE turns SET digest = x'00' WHERE turn = 6")
    monkeypatch.setattr(stored_calls, "A_PART", 1)
    source = stored_calls.StoredSource(
        settings=Settings(database_url=f"sqlite:///{folder / 'ivr.db'}"), twiml=False, wanted=CallFilter(simulated=True)
    )

    one, two = stored_calls.replay_calls(source, 1), stored_calls.replay_calls(source, 2)

    assert one == two and (one.calls, one.turns, len(one.differ), one.unread) == (3, 13, 1, [])
