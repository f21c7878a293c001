"""`ivr releases` and `ivr rollback` as they are typed, and a database that somebody has laid hands on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_here import change_welcome, log


@pytest.fixture
def folder(small_folder: Path) -> Path:
    return small_folder


@pytest.fixture
def edit(folder: Path) -> Callable[[str], None]:
    """Changes the welcome."""
    return lambda new: change_welcome(folder, new)


def test_before_the_first_publish_the_lists_are_sentences(ivr, folder: Path) -> None:
    for words in (["releases"], ["releases", "prune"], ["rollback"]):
        done = ivr(*words)
        assert done.returncode == 2
        assert (
            done.stderr
            == "ivr: there is no database ivr.db yet. `ivr db upgrade`, `ivr serve`, `ivr call` and `ivr publish` make it.\n"  # noqa: E501
        )
    ivr("db", "upgrade")

    assert ivr("releases").stdout == "Nothing is live: `ivr publish` makes the flows on disk live.\n"
    assert ivr("rollback").returncode == 2 and not (folder / "flows" / "ivr.db").exists()


def test_a_database_of_another_version_is_refused_with_what_to_do(ivr, folder: Path) -> None:
    ivr("publish", "-m", "the first")
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")

    done = ivr("releases")

    assert done.returncode == 2
    assert done.stderr == (
        "ivr: the database ivr.db is of another version of ivr (schema 0000), and this version cannot upgrade it. "
        "Use that version, or start with a new database.\n"
    )


def test_the_list_marks_what_is_live_and_how_it_came(ivr, edit) -> None:
    ivr("publish", "-m", "the first", "--author", "Li Wei")
    edit("Good day")
    ivr("publish", "-m", "the second", "--author", "Li Wei")
    ivr("rollback", "-m", "callers got lost", "--author", "Chen Jie")

    lines = ivr("releases").stdout.splitlines()

    assert len(lines) == 3
    assert lines[0].startswith("live ") and lines[0].endswith("rollback, Chen Jie: callers got lost")
    assert lines[1].startswith("      ") and lines[1].endswith("Li Wei: the second")
    assert lines[2].startswith("      ") and lines[2].endswith("Li Wei: the first")


def test_a_release_deleted_by_hand_is_said_and_publishing_and_rolling_back_still_work(ivr, folder: Path, edit) -> None:
    ivr("publish", "-m", "the first")
    edit("Good day")
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
    assert served.stderr == f"{gone}. Run `ivr publish` or `ivr rollback`.\n"
    assert ivr("publish", "-m", "the second again").returncode == 0
    assert ivr("rollback").returncode == 0


def test_pruning_keeps_what_is_young_and_a_case_of_a_removed_release_stays_readable(ivr, folder: Path, edit) -> None:
    called = ivr("call", "--at", "2026-03-02T22:10", given="2\n/record charged twice\n/hang-up\n")
    number = called.stdout.splitlines()[-1].removeprefix("case ")
    ivr("publish", "-m", "the first")
    edit("Good day")
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
    assert f"path         unknown: release {case['release'][:12]} has been removed" in shown
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

    assert done.returncode == 2 and "complaint.yaml:" in done.stderr


def test_a_rollback_without_a_note_has_none(ivr, edit) -> None:
    ivr("publish", "-m", "the first")
    edit("Good day")
    ivr("publish", "-m", "the second")

    assert ivr("rollback", "-m", "").returncode == 2
    assert ivr("rollback", "--author", "Chen Jie").returncode == 0

    assert log(ivr)[0]["note"] is None
    assert ivr("releases").stdout.splitlines()[0].endswith("rollback, Chen Jie: no note")


def spoil(folder: Path, statement: str) -> None:
    database = sqlite3.connect(folder / "ivr.db")
    with database:
        database.execute(statement)
    database.close()


@pytest.mark.parametrize("body", ["{broken", "[1, 2]", '{"hotline.yaml": 5}'])
def test_content_damaged_by_hand_is_a_sentence_and_publishing_mends_it(ivr, folder: Path, edit, body: str) -> None:
    ivr("publish", "-m", "first", "--force")
    spoil(folder, f"UPDATE releases SET body = '{body}'")

    differ = ivr("diff")
    edited = folder / "flows" / "main.yaml"
    before = edited.read_bytes()
    edit("Good day")
    again = ivr("publish", "-m", "second")
    edited.write_bytes(before)
    mended = ivr("publish", "-m", "third")

    assert (differ.returncode, "Traceback" in differ.stderr) == (2, False)
    assert differ.stderr.startswith("ivr: the content of the release is damaged")
    assert (again.returncode, mended.returncode) == (0, 0), again.stdout + mended.stderr
    assert ivr("diff").returncode == 0


@pytest.mark.parametrize("column", ["at", "checks"])
def test_a_log_damaged_by_hand_is_a_sentence(ivr, folder: Path, column: str) -> None:
    ivr("publish", "-m", "first", "--force")
    spoil(folder, f"UPDATE publications SET {column} = 'nonsense'")

    for words in (["releases"], ["rollback"]):
        done = ivr(*words)
        assert done.returncode == 2
        assert done.stderr.startswith("ivr: the log of releases in the database is damaged")
