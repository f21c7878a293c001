"""`ivr capture`: a stored call, or one of each path, as fixtures that pass both ways."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

COMPLAINT = "2\n/silence\n3\n1\n/record my name is Wilhelmina\n2\n13917654321#\n1\n/hang-up\n"
SINCE = ("--since", "2026-03-01T00:00+08:00")


def call(ivr, given: str, caller: str = "+8613917654399") -> None:
    done = ivr("call", "--at", "2026-03-02T22:10", "--from", caller, given=given)
    assert done.returncode == 0, done.stderr


def ids(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "ivr.db")) as database:
        return [row[0] for row in database.execute("SELECT call FROM calls ORDER BY number")]


def test_a_captured_call_passes_both_ways_and_tells_nobody_s_number(ivr, folder: Path) -> None:
    call(ivr, COMPLAINT)

    done = ivr("capture", ids(folder)[0], "--out", "new/complaint.call.yaml")

    assert (done.returncode, done.stdout, done.stderr) == (0, "new/complaint.call.yaml: captured, 9 acts\n", "")
    text = (folder / "new" / "complaint.call.yaml").read_text(encoding="utf-8")
    assert text.startswith("call: captured, completed, through main, complaint, contact\nat: 2026-03-02T22:10+08:00\n")
    assert "from: '+862155500101'\n" in text and "press: 02155500103pound" in text
    for canary in ("139", "Wilhelmina", ids(folder)[0]):
        assert canary not in text
    assert "Your complaint is on record. The number is" in text
    assert ivr("replay", "--webhooks", "new").stdout.splitlines()[-1] == "1 passed, 0 failed"
    assert ivr("capture", ids(folder)[0]).stdout == text


def test_one_call_of_each_path_is_kept(ivr, folder: Path) -> None:
    for given in (COMPLAINT, COMPLAINT.replace("13917654321", "02155588776"), "1\n", "/speak 普通话\n", "2\n"):
        call(ivr, given)

    done = ivr("capture", *SINCE, "--distinct", "--simulated")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "5 calls on 3 paths: 3 written to captured, 0 not captured\n"
    names = sorted(path.name for path in (folder / "captured").iterdir())
    assert names == [
        *("main_abandoned.call.yaml", "main_abandoned_2.call.yaml", "main_complaint_contact_completed.call.yaml"),
    ]
    assert ivr("replay", "--webhooks", "captured").returncode == 0
    assert ivr("capture", *SINCE, "--out", "all", "--simulated").stdout.startswith("5 calls: 5 written to all")
    assert ivr("capture", *SINCE).stdout == "0 calls: 0 written to captured, 0 not captured\n"


def test_a_call_the_flows_on_disk_lead_elsewhere_is_written_with_a_note(ivr, folder: Path) -> None:
    call(ivr, "1\n\n3\n")
    path = folder / "flows" / "main.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("请选择服务。", "请选择业务。"), encoding="utf-8")

    done = ivr("capture", ids(folder)[0], "--out", "mine.call.yaml")

    assert done.returncode == 0
    said = 'mine.call.yaml:8: expected to hear "请选择服务。", heard "请选择业务。'
    assert done.stderr.startswith(f"note: it passes on its own release, not on the flows on disk: {said}")


def test_what_cannot_be_captured_is_told_and_the_rest_is_written(ivr, folder: Path) -> None:
    call(ivr, COMPLAINT)
    call(ivr, "2\n")
    call(ivr, "1\n")
    wrong, half, _ = ids(folder)
    with closing(sqlite3.connect(folder / "ivr.db")) as database, database:
        database.execute("UPDATE turns SET digest = x'00' WHERE turn = 3 AND call = ?", (wrong,))
        database.execute("DELETE FROM turns WHERE turn = 2 AND call = ?", (half,))

    done = ivr("capture", *SINCE, "--simulated")

    assert done.returncode == 1
    assert sorted(done.stdout.splitlines()) == sorted([
        f"not captured: call {wrong} has another result than is stored, from turn 3 on. `ivr replay` shows how.",
        f"not captured: call {half}: 1 of its 2 turns are stored; the others are missing.",
        "3 calls: 1 written to captured, 2 not captured",
    ])  # fmt: skip
    assert ivr("capture", wrong).stderr.startswith(f"ivr: call {wrong} has another result than is stored")


def test_mistakes_are_one_sentence(ivr, folder: Path) -> None:
    assert ivr("capture", "CAnone").stderr == (
        "ivr: there is no database ivr.db yet. `ivr db upgrade`, `ivr serve`, `ivr call` and `ivr publish` make it.\n"
    )
    call(ivr, "1\n")

    assert ivr("capture", "CAnone").stderr == "ivr: call CAnone is not on record.\n"
    assert ivr("capture").stderr.endswith("Error: Name one call, or write --since 7d for all calls begun since then.\n")
    (folder / "full").write_text("")
    done = ivr("capture", ids(folder)[0], "--out", "full/mine.call.yaml")
    assert (done.returncode, done.stderr) == (2, "ivr: full/mine.call.yaml cannot be written: File exists.\n")
