"""`ivr publish` as it is typed: what it prints, records and exits with."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_here import change_welcome, log

IVR = Path(sys.executable).parent / "ivr"
FIELDS = ["release", "live", "kind", "at", "author", "note", "forced", "checks", "calls_in_progress", "stored"]
WRONG = """\
call: wrong
at: 2026-03-02T10:00+08:00
turns:
  - {hear: 你好世界, press: 1}
ends: {disposition: abandoned, case: no}
"""


@pytest.fixture
def folder(small_folder: Path) -> Path:
    return small_folder


@pytest.fixture
def edit(folder: Path) -> Callable[[str], None]:
    """Changes the welcome."""
    return lambda new: change_welcome(folder, new)


@pytest.fixture
def wrong_fixture(folder: Path) -> Path:
    calls = folder / "tests" / "calls"
    calls.mkdir(parents=True)
    (calls / "wrong.call.yaml").write_text(WRONG, encoding="utf-8")
    return calls


def test_publishing_says_what_was_checked_and_what_calls_get(ivr, edit) -> None:
    first = ivr("publish", "-m", "the first")
    edit("Good day")

    second = ivr("publish", "-m", "a friendlier\n  greeting", "--author", "Li Wei")

    assert first.returncode == second.returncode == 0, first.stderr
    rows = log(ivr)
    old, new = str(rows[1]["release"])[:12], str(rows[0]["release"])[:12]
    told = second.stdout.splitlines()
    assert re.fullmatch(r"explore   passed  8 promises hold in [\d,]+ states.*", told.pop(1))
    assert told == [
        "lint      passed  4 files, 0 errors, 0 warnings",
        "fixtures  skipped  no *.call.yaml in tests",
        "impact    skipped  no calls of the last 7 days are on record",
        f"release {new} is live: new calls use it at once.",
        f"No call is in progress on {old}.",
    ]
    assert list(rows[0]) == FIELDS
    assert [(check["name"], check["skipped"]) for check in rows[0]["checks"]] == [
        ("lint", False), ("explore", False), ("fixtures", True), ("impact", True)
    ]  # fmt: skip
    assert (rows[0]["author"], rows[0]["note"], rows[0]["live"]) == ("Li Wei", "a friendlier greeting", True)
    assert str(rows[0]["at"]).endswith("+08:00")


def test_the_author_is_git_s_or_the_system_s(ivr, folder: Path) -> None:
    (folder / ".gitconfig").write_text("[user]\n\tname = Chen Jie\n", encoding="utf-8")
    ivr("publish", "-m", "the first", LOGNAME="ops")
    (folder / ".gitconfig").unlink()
    ivr("rollback", LOGNAME="ops")
    shutil.copy(folder / "flows" / "main.yaml", folder / "main.yaml")
    (folder / "flows" / "main.yaml").write_bytes((folder / "main.yaml").read_bytes() + b"# a remark\n")
    ivr("publish", "-m", "the second", LOGNAME="ops")

    assert [row["author"] for row in log(ivr)] == ["ops", "Chen Jie"]


def test_a_note_is_needed_and_must_say_something(ivr, folder: Path) -> None:
    none, empty = ivr("publish"), ivr("publish", "-m", " \n ")

    assert none.returncode == 2 and "Option -m is missing." in none.stderr
    assert empty.returncode == 2
    assert empty.stderr == "ivr: the note is empty. Say in a few words what changes for callers.\n"
    assert not (folder / "ivr.db").exists()


def test_unchanged_files_are_said_to_be_live_already(ivr) -> None:
    ivr("publish", "-m", "the first")

    again = ivr("publish", "-m", "again")

    assert again.returncode == 0 and "These files are live already, as release" in again.stdout
    assert len(log(ivr)) == 1


def test_a_failed_fixture_stops_it_and_force_is_on_record(ivr, wrong_fixture: Path) -> None:
    refused = ivr("publish", "-m", "the first")

    assert refused.returncode == 1
    assert "fixtures  FAILED  1 of 1 failed" in refused.stdout
    assert '  tests/calls/wrong.call.yaml:4: expected to hear "你好世界"' in refused.stdout
    last = refused.stdout.splitlines()[-1]
    assert last == "Not published: fixtures failed. Nothing is live yet. Fix the flows, or repeat with --force."

    forced = ivr("publish", "-m", "the first", "--force")

    assert forced.returncode == 0
    assert "Forced: published although fixtures failed. `ivr releases` shows that." in forced.stdout
    assert log(ivr)[0]["forced"] == "fixtures: 1 of 1 failed"
    assert "FORCED (fixtures: 1 of 1 failed)" in ivr("releases").stdout


REWORDED = """\
call: a caller presses nothing
at: 2026-03-02T10:00+08:00
turns:
  - {hear: WELCOME, hang up: yes}
ends: {disposition: abandoned, case: no}
"""


@pytest.fixture
def welcomed(ivr, folder: Path) -> Path:
    """A release is live, and a fixture that hears its welcome."""
    calls = folder / "tests"
    calls.mkdir()
    first = "欢迎致电"
    (calls / "a.call.yaml").write_text(REWORDED.replace("WELCOME", first), encoding="utf-8")
    (calls / "b.call.yaml").write_text(REWORDED.replace("WELCOME", f"[{first}]"), encoding="utf-8")
    done = ivr("publish", "-m", "the first")
    assert done.returncode == 0, done.stdout
    return calls


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_fixtures_that_only_hear_other_words_are_told_and_do_not_stop_it(ivr, folder: Path, welcomed: Path) -> None:
    replaced(folder / "flows" / "main.yaml", "欢迎致电", "感谢致电")

    done = ivr("publish", "-m", "a warmer welcome")

    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert "fixtures  passed  0 passed, 2 hear other words and are otherwise the same" in lines
    assert any(line.startswith('  tests/a.call.yaml:4: expected to hear "欢迎致电"') for line in lines)
    assert "  If the new words are meant, `ivr replay --update tests` writes them into the fixtures." in lines
    assert ivr("replay", "tests").returncode == 1
    assert ivr("replay", "--update", "tests").returncode == 0
    assert ivr("replay", "tests").returncode == 0


def test_other_words_stop_it_where_the_call_goes_another_way_too(ivr, folder: Path, welcomed: Path) -> None:
    replaced(folder / "flows" / "main.yaml", "欢迎致电", "感谢致电")
    fixture = (welcomed / "b.call.yaml").read_text(encoding="utf-8")
    (welcomed / "b.call.yaml").write_text(fixture.replace("abandoned", "completed"), encoding="utf-8")

    done = ivr("publish", "-m", "a warmer welcome")

    assert done.returncode == 1
    assert "fixtures  FAILED  1 of 2 failed" in done.stdout
    assert "tests/b.call.yaml:4: expected to hear" in done.stdout
    assert "`ivr replay --update tests`" in done.stdout


def test_words_that_must_not_be_heard_stop_it(ivr, folder: Path, welcomed: Path) -> None:
    replaced(welcomed / "a.call.yaml", "hear: 欢迎致电", "hear: 欢迎致电, not hear: 感谢")
    replaced(folder / "flows" / "main.yaml", "欢迎致电", "感谢致电")

    done = ivr("publish", "-m", "a warmer welcome")

    assert done.returncode == 1
    assert "fixtures  FAILED  1 of 2 failed" in done.stdout


def test_a_fixture_that_cannot_be_read_stops_it(ivr, folder: Path, welcomed: Path) -> None:
    (welcomed / "c.call.yaml").write_text("call: [", encoding="utf-8")
    replaced(folder / "flows" / "main.yaml", "欢迎致电", "感谢致电")

    done = ivr("publish", "-m", "a warmer welcome")

    assert done.returncode == 1
    assert "fixtures  FAILED  1 of 3 failed" in done.stdout


def test_fixtures_elsewhere_are_named_and_those_of_other_flows_left_out(ivr, folder: Path, wrong_fixture: Path) -> None:
    other = folder / "mine"
    other.mkdir()
    (other / "a.call.yaml").write_text(WRONG.replace("call: wrong", "call: wrong\nflows: ../elsewhere"), "utf-8")
    (other / "b.call.yaml").write_text("call: [", encoding="utf-8")

    refused = ivr("publish", "-m", "x", "--fixtures", "mine")
    none = ivr("publish", "-m", "x", "--fixtures", "flows")

    assert "fixtures  FAILED  1 of 1 failed, 1 for other flows left out" in refused.stdout
    assert "mine/b.call.yaml:1:" in refused.stdout
    assert none.returncode == 2 and none.stderr == 'ivr: there is no fixture (*.call.yaml) in "flows".\n'


def test_a_broken_promise_is_shown_with_its_time_facts_and_line_in_the_reader_s_language(ivr, folder: Path) -> None:
    path = folder / "flows" / "hotline.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\npromises:\n  - {never: agent.promise, while: agents closed}\n", encoding="utf-8")

    chinese = ivr("publish", "-m", "the first")
    english = ivr("publish", "-m", "the first", "--lang", "en-US")
    none = ivr("publish", "-m", "the first", "--lang", "fr-FR")

    for done in (chinese, english):
        assert done.returncode == 1
        assert re.search(r"see flows/hotline.yaml:\d+ the promise", done.stdout)
        assert re.search(r"see flows/\w+.yaml:\d+ [\w.]+, where the last turn is taken", done.stdout)
        assert re.search(r"a call at \d{4}-\d\d-\d\d \d\d:\d\d; hours.agents (closed|holiday)", done.stdout)
    assert "How can we help?" in english.stdout and "How can we help?" not in chinese.stdout
    assert none.returncode == 2
    assert none.stderr == 'ivr: there is no language "fr-FR" in the flows. Write zh-CN or en-US.\n'


def test_files_that_are_no_utf_8_or_links_out_leave_the_live_release_untouched(ivr, folder: Path) -> None:
    ivr("publish", "-m", "the first")
    path = folder / "flows" / "complaint.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))

    gbk = ivr("publish", "-m", "x", "--force")
    path.unlink()
    path.symlink_to("/etc/hostname")
    link = ivr("publish", "-m", "x", "--force")

    assert gbk.returncode == 1 and "error not-utf-8: the file is not UTF-8 text. It looks like GBK" in gbk.stdout
    assert link.returncode == 2
    assert "flows/complaint.yaml:1:1: error link-outside: this is a link to /etc/hostname" in link.stderr
    assert "Traceback" not in gbk.stderr + link.stderr
    assert len(log(ivr)) == 1


def test_a_disk_that_fills_while_publishing_is_a_sentence(ivr, folder: Path, edit) -> None:
    ivr("publish", "-m", "the first")
    edit("Good day")
    path = folder / "flows" / "main.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# padding\n" * 30_000, encoding="utf-8")

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [str(IVR), "publish", "-m", "too much"], cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},  # it would be cut short
        capture_output=True, text=True, timeout=60, preexec_fn=small_files_only,
    )  # fmt: skip

    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("ivr: nothing was changed, the database cannot be written: ")
    rows = log(ivr)
    assert [row["note"] for row in rows] == ["the first"] and rows[0]["live"] is True
    assert ivr("publish", "-m", "with space again").returncode == 0
