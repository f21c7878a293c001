"""`ivr publish`, `ivr releases` and `ivr rollback` as they are typed: what they print, record and exit with."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ivr.cli.main import main

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
def ivr(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """The command in this process, which saves a second each time; otherwise as everywhere here."""

    def run(*words: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            for name in [name for name in os.environ if name.startswith(("IVR_", "TWILIO_", "GIT_"))]:
                patch.delenv(name)
            for name, value in {"HOME": str(folder), **environ}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["ivr", *words])
            patch.setattr(sys, "stdin", io.StringIO(given))
            capsys.readouterr()
            with pytest.raises(SystemExit) as left:
                main()
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(["ivr", *words], int(left.value.code or 0), out, err)

    return run


@pytest.fixture
def edit(folder: Path):
    """Changes the welcome, which makes another release."""

    def change(new: str) -> None:
        path = folder / "flows" / "main.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Welcome to Illustrative Bank", new), encoding="utf-8")

    return change


@pytest.fixture
def wrong_fixture(folder: Path) -> Path:
    calls = folder / "tests" / "calls"
    calls.mkdir(parents=True)
    (calls / "wrong.call.yaml").write_text(WRONG, encoding="utf-8")
    return calls


def log(ivr) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(ivr("releases", "--json").stdout)
    return found


def test_publishing_says_what_was_checked_and_what_calls_get(ivr, edit) -> None:
    first = ivr("publish", "-m", "the first")
    edit("Good day from Illustrative Bank")

    second = ivr("publish", "-m", "a friendlier\n  greeting", "--author", "Li Wei")

    assert first.returncode == second.returncode == 0, first.stderr
    rows = log(ivr)
    old, new = str(rows[1]["release"])[:12], str(rows[0]["release"])[:12]
    assert second.stdout.splitlines() == [
        "lint      passed  7 files, 0 errors, 0 warnings",
        "fixtures  passed  there are none to play",
        f"release {new} is live: new calls use it at once.",
        f"No call is in progress on {old}.",
    ]
    assert list(rows[0]) == FIELDS
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

    assert none.returncode == 2 and "Missing option '-m'" in none.stderr
    assert empty.returncode == 2
    assert empty.stderr == "ivr: the note is empty; say in a few words what changes for callers.\n"
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
    assert last == "Nothing was changed, fixtures failed: nothing is live yet. Mend them, or add --force."

    forced = ivr("publish", "-m", "the first", "--force")

    assert forced.returncode == 0
    assert "Forced: published in spite of fixtures; it is written down." in forced.stdout
    assert log(ivr)[0]["forced"] == "fixtures: 1 of 1 failed"
    assert "FORCED (fixtures: 1 of 1 failed)" in ivr("releases").stdout


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


def test_files_that_are_no_utf_8_or_links_out_leave_the_live_release_untouched(ivr, folder: Path) -> None:
    ivr("publish", "-m", "the first")
    path = folder / "flows" / "feedback.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))

    gbk = ivr("publish", "-m", "x", "--force")
    path.unlink()
    path.symlink_to("/etc/hostname")
    link = ivr("publish", "-m", "x", "--force")

    assert gbk.returncode == 1 and "error not-utf-8: the file is not UTF-8 text, but GBK" in gbk.stdout
    assert link.returncode == 2
    assert "flows/feedback.yaml:1:1: error link-outside: this is a link to /etc/hostname" in link.stderr
    assert "Traceback" not in gbk.stderr + link.stderr
    assert len(log(ivr)) == 1


def test_a_disk_that_fills_while_publishing_is_a_sentence(ivr, folder: Path, edit) -> None:
    ivr("publish", "-m", "the first")
    edit("Good day from Illustrative Bank")
    path = folder / "flows" / "main.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# padding\n" * 30_000, encoding="utf-8")

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [str(IVR), "publish", "-m", "too much"], cwd=folder, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True, text=True, timeout=60, preexec_fn=small_files_only,
    )  # fmt: skip

    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("ivr: nothing was changed, the database cannot be written: ")
    rows = log(ivr)
    assert [row["note"] for row in rows] == ["the first"] and rows[0]["live"] is True
    assert ivr("publish", "-m", "with space again").returncode == 0


def test_before_the_first_publish_the_lists_are_sentences(ivr, folder: Path) -> None:
    for words in (["releases"], ["releases", "prune"], ["rollback"]):
        done = ivr(*words)
        assert done.returncode == 2
        assert done.stderr == "ivr: there is no database ivr.db yet; `ivr serve` or `ivr publish` makes it.\n"
    ivr("db", "upgrade")

    assert ivr("releases").stdout == "Nothing is live: `ivr publish` makes the flows on disk live.\n"
    assert ivr("rollback").returncode == 2 and not (folder / "flows" / "ivr.db").exists()


def test_a_database_of_another_version_is_listed_after_an_upgrade(ivr, folder: Path) -> None:
    ivr("publish", "-m", "the first")
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")

    done = ivr("releases")

    assert done.returncode == 2
    assert done.stderr == "ivr: ivr.db is not of this version; `ivr db upgrade` brings it up to date.\n"


def test_the_list_marks_what_is_live_and_how_it_came(ivr, edit) -> None:
    ivr("publish", "-m", "the first", "--author", "Li Wei")
    edit("Good day from Illustrative Bank")
    ivr("publish", "-m", "the second", "--author", "Li Wei")
    ivr("rollback", "-m", "callers got lost", "--author", "Chen Jie")

    lines = ivr("releases").stdout.splitlines()

    assert len(lines) == 3
    assert lines[0].startswith("live ") and lines[0].endswith("rollback, Chen Jie: callers got lost")
    assert lines[1].startswith("      ") and lines[1].endswith("Li Wei: the second")
    assert lines[2].startswith("      ") and lines[2].endswith("Li Wei: the first")


def test_a_release_deleted_by_hand_is_said_and_publishing_and_rolling_back_still_work(ivr, folder: Path, edit) -> None:
    ivr("publish", "-m", "the first")
    edit("Good day from Illustrative Bank")
    ivr("publish", "-m", "the second")
    live = str(log(ivr)[0]["release"])
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute("DELETE FROM releases WHERE hash = ?", (live,))

    listed = ivr("releases")
    served = ivr("serve", "--sandbox", TWILIO_AUTH_TOKEN="an-invented-token", IVR_DRAFT="no")

    assert listed.returncode == 0 and listed.stdout.splitlines()[-1] == (
        f"The content of the live release {live[:12]} is gone from the database: new calls hear the apology until "
        "`ivr publish` or `ivr rollback`."
    )
    assert served.returncode == 2
    gone = f"ivr: the live release {live[:12]} is gone from the database"
    assert served.stderr == f"{gone}; `ivr publish` or `ivr rollback` puts one in its place.\n"
    assert ivr("publish", "-m", "the second again").returncode == 0
    assert ivr("rollback").returncode == 0


def test_pruning_keeps_what_is_young_and_a_case_of_a_removed_release_stays_readable(ivr, folder: Path, edit) -> None:
    called = ivr("call", "--at", "2026-03-02T22:10", given="2\n/silence\n3\n1\n/record charged twice\n1\n/hang-up\n")
    number = called.stdout.splitlines()[-1].removeprefix("case ")
    ivr("publish", "-m", "the first")
    edit("Good day from Illustrative Bank")
    ivr("publish", "-m", "the second")

    young = ivr("releases", "prune", "--keep", "1")
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute("UPDATE publications SET at = '2026-01-01T00:00:00+00:00'")
    old = ivr("releases", "prune", "--keep", "30")

    assert young.stdout == "0 releases removed\n"
    assert old.stdout.splitlines()[-1] == "1 release removed" and "(replaced 2026-01-01)" in old.stdout
    assert ivr("releases").stdout.splitlines()[1].endswith("the first; content removed")
    back = ivr("rollback")
    assert back.returncode == 2 and "is gone from the database" in back.stderr
    case = json.loads(ivr("cases", "show", number, "--json").stdout)
    assert case["path"] is None and case["opened_at"] == "2026-03-02T22:10:00+08:00"
    assert case["story"]["text"] == "charged twice" and case["due"] == "2026-03-17"
    shown = ivr("cases", "show", number).stdout
    assert f"path         not known any more: release {case['release'][:12]} has been removed" in shown
    assert ivr("cases", "list").returncode == 0


def test_the_list_is_read_without_writing(ivr, folder: Path) -> None:
    """On a full disk or a read-only one an operator still sees what is live."""
    ivr("publish", "-m", "the first")
    before = {path.name: path.read_bytes() for path in folder.glob("ivr.db*")}

    assert ivr("releases").stdout.startswith("live ")

    assert {path.name: path.read_bytes() for path in folder.glob("ivr.db*")} == before


def test_a_live_release_this_version_cannot_read_is_said_at_the_start(ivr, folder: Path) -> None:
    ivr("publish", "-m", "the first")
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute("UPDATE releases SET body = replace(body, 'record:', 'tape:')")

    done = ivr("serve", "--sandbox", TWILIO_AUTH_TOKEN="an-invented-token", IVR_DRAFT="no")

    assert done.returncode == 2 and "cannot be run by this version; `ivr publish` first: complaint.yaml:" in done.stderr
