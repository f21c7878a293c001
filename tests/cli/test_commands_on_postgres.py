"""Every command works on a PostgreSQL database as on a file."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from command_here import Run, command_here
from served_hotline import heard, serving
from sqlalchemy import text

from ivr.cli.shared import impact_run
from ivr.service.releases import publishing
from ivr.storage.bulk import engine

COMPLAINT = "2\n/silence\n3\n1\n/record my name is Wilhelmina\n2\n13917654321#\n1\n/hang-up\n"
WELCOME = ("Welcome to Illustrative Bank", "Good day from Illustrative Bank")


@pytest.fixture
def on_postgres(ivr: Run, postgres_url: str) -> Run:
    """The command, with a fresh PostgreSQL database."""
    return functools.partial(ivr, IVR_DATABASE_URL=postgres_url)


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    made = engine(url)
    with made.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    made.dispose()
    return found


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "flows" / "main.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_call_is_phoned_read_replayed_and_captured(on_postgres: Run, folder: Path, postgres_url: str) -> None:
    said = on_postgres("call", "--at", "2026-03-02T22:10", "--from", "+8613917654399", given=COMPLAINT)
    number = said.stdout.splitlines()[-1].removeprefix("case ")
    call = str(rows(postgres_url, "SELECT call FROM calls")[0][0])

    assert said.returncode == 0, said.stderr
    assert number in on_postgres("cases", "list").stdout
    shown = json.loads(on_postgres("cases", "show", number, "--json").stdout)
    assert (shown["number"], shown["contact"]) == (number, "+8613917654321")
    replayed = on_postgres("replay", call)
    assert (replayed.returncode, replayed.stderr) == (0, "") and "1 call" in replayed.stdout
    assert on_postgres("replay", postgres_url, "--simulated").stdout == replayed.stdout
    captured = on_postgres("capture", call, "--out", "new/complaint.call.yaml")
    assert (captured.returncode, captured.stdout) == (0, "new/complaint.call.yaml: captured, 9 acts\n")
    distinct = on_postgres("capture", "--since", "2026-03-01T00:00+08:00", "--distinct", "--simulated")
    assert distinct.stdout == "1 call on 1 path: 1 written to captured, 0 not captured\n"
    assert on_postgres("replay", "--webhooks", "new", "captured").returncode == 0
    gone = on_postgres("replay", "CAnowhere")
    assert gone.returncode == 2 and gone.stderr.startswith("ivr: call CAnowhere is not on record in postgresql://")


def test_a_database_is_filled_and_an_edit_s_impact_on_it_is_told(
    on_postgres: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = on_postgres("fuzz", "--fill", "2d", "--calls-a-day", "20", "--seed", "5")
    assert filled.returncode == 0 and filled.stdout.startswith("postgresql://"), filled.stderr
    again = on_postgres("fuzz", "--fill", "2d", "--calls-a-day", "20", "--seed", "5")
    assert again.returncode == 2 and "real calls; invented ones beside them" in again.stderr

    edit(folder, *WELCOME)
    monkeypatch.setattr(impact_run, "A_PART", 3)
    one, two = (json.loads(on_postgres("impact", "--json", "--jobs", jobs).stdout) for jobs in "12")

    assert one["calls"] > 8 and {**one, "since": ""} == {**two, "since": ""}
    assert on_postgres("replay", "--since", "3d", "--twiml").returncode == 0


def test_releases_are_published_rolled_back_and_pruned(
    small_folder: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publishing, "STAGED_SECONDS", 0)
    on_postgres = functools.partial(command_here(small_folder, monkeypatch, capsys), IVR_DATABASE_URL=postgres_url)
    assert on_postgres("publish", "-m", "the first").returncode == 0
    path = small_folder / "flows" / "main.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Welcome.", "Good day."), encoding="utf-8")
    published = on_postgres("publish", "-m", "another welcome")
    assert published.returncode == 0 and "is live: new calls use it at once." in published.stdout
    assert on_postgres("rollback", "-m", "back").returncode == 0

    log = json.loads(on_postgres("releases", "--json").stdout)
    assert [entry["kind"] for entry in log] == ["rollback", "publish", "publish"] and log[0]["live"]
    assert on_postgres("diff", log[0]["release"][:12], log[1]["release"][:12]).stdout
    made = engine(postgres_url)
    with made.begin() as connection:
        connection.execute(text("UPDATE publications SET at = '2020-01-01T00:00:00.000000+00:00'"))
    made.dispose()
    assert on_postgres("releases", "prune").stdout.splitlines()[-1] == "1 release removed"


def test_the_schema_is_made_and_checked(ivr: Run, bare_postgres_url: str) -> None:
    on_bare = functools.partial(ivr, IVR_DATABASE_URL=bare_postgres_url)
    for words in (
        ("db", "check"),
        ("cases", "list"),
        ("releases",),
        ("impact",),
        ("replay", "--since", "7d"),
        ("rollback",),
    ):
        none = on_bare(*words)
        assert none.returncode == 2 and none.stderr.startswith("ivr: the database postgresql:")
        assert none.stderr.count("\n") == 1

    for _ in range(2):
        made = on_bare("db", "upgrade")
        assert made.returncode == 0 and made.stdout.endswith(" is up to date\n")
    assert on_bare("db", "check").stdout == made.stdout
    assert on_bare("cases", "list").stdout == "There are no cases.\n"


@pytest.mark.parametrize("command", [("serve", "--sandbox"), ("call",), ("publish", "-m", "x"), ("db", "upgrade")])
def test_a_server_that_is_not_there_is_one_sentence(ivr: Run, command: tuple[str, ...]) -> None:
    done = ivr(*command, IVR_DATABASE_URL="postgresql://ops:secret@127.0.0.1:1/calls")

    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "secret" not in done.stderr
    assert done.stderr.startswith("ivr: the database postgresql://ops@127.0.0.1:1/calls cannot be used: ")


def test_a_hotline_serves_from_postgresql_and_hears_of_a_publish(
    on_postgres: Run, folder: Path, postgres_url: str
) -> None:
    with serving(folder, IVR_DATABASE_URL=postgres_url) as served:
        first = served.phone()
        first.dial()
        edit(folder, *WELCOME)
        assert on_postgres("publish", "-m", "another welcome", "--author", "Ops").returncode == 0
        second = served.phone()
        second.dial()
        assert WELCOME[0] in heard(first) and WELCOME[1] in heard(second)
        first.press("2")
        first.silence()
        assert first.refused == []
        first.hang_up()
        second.hang_up()
    assert rows(postgres_url, "SELECT count(DISTINCT release) FROM calls WHERE ended_at IS NOT NULL") == [(2,)]
