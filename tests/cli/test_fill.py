"""`ivr fuzz --fill`: a database as a hotline would have left it, made through the webhooks."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ivr.cli.main import commands
from ivr.errors import StoreUnavailable
from ivr.twilio.twiml import Documents

FILL = ("fuzz", "--fill", "3d", "--calls-a-day", "15", "--seed", "5")
NAMED = {"IVR_DATABASE_URL": "sqlite:///ivr.db"}


def rows(folder: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "ivr.db")) as connection:
        return connection.execute(statement).fetchall()


def test_it_leaves_real_calls_of_the_last_days_with_their_cases(ivr, folder: Path) -> None:
    done = ivr(*FILL, **NAMED)

    assert done.returncode == 0, done.stderr
    calls = rows(folder, "SELECT started_at, ended_at, simulated, disposition FROM calls ORDER BY number")
    assert f"ivr.db holds {len(calls)} calls from " in done.stdout
    assert len(calls) >= 15
    assert {call[2] for call in calls} == {0}
    assert None not in {call[3] for call in calls}
    starts = [datetime.fromisoformat(call[0]) for call in calls]
    ends = [datetime.fromisoformat(call[1]) for call in calls]
    assert starts == sorted(starts)
    assert starts[0] > datetime.now(UTC) - timedelta(days=4) and max(ends) <= datetime.now(UTC)
    assert all(timedelta(0) <= end - start <= timedelta(hours=1) for start, end in zip(starts, ends, strict=True))
    cases = json.loads(ivr("cases", "list", "--json").stdout)
    assert cases and not any(case["simulated"] for case in cases)


def test_somebody_phones_again(ivr, folder: Path) -> None:
    ivr(*FILL, **NAMED)

    most = rows(
        folder, "SELECT count(*) AS n FROM calls WHERE customer <> '' GROUP BY customer ORDER BY n DESC LIMIT 1"
    )

    assert most[0][0] > 1


def test_a_database_with_real_calls_is_not_touched(ivr, folder: Path) -> None:
    ivr(*FILL, **NAMED)
    before = rows(folder, "SELECT count(*) FROM turns")

    again = ivr(*FILL, **NAMED)

    assert again.returncode == 2
    assert "real calls; invented ones beside them could not be told apart" in again.stderr
    assert rows(folder, "SELECT count(*) FROM turns") == before


def test_simulated_calls_are_no_hindrance_and_stay_simulated(ivr, folder: Path) -> None:
    ivr("call", given="1\n")

    done = ivr(*FILL, **NAMED)

    assert done.returncode == 0, done.stderr
    assert rows(folder, "SELECT count(*) FROM calls WHERE simulated")[0][0] == 1


def test_the_same_seed_makes_the_same_days(ivr, folder: Path) -> None:
    made = []
    for _ in range(2):
        ivr(*FILL, **NAMED)
        made.append(
            rows(folder, "SELECT call, started_at, customer, turns_taken, disposition FROM calls ORDER BY number")
        )
        for file in folder.glob("ivr.db*"):
            file.unlink()

    together = min(map(len, made))
    assert made[0][:together] == made[1][:together]
    assert abs(len(made[0]) - len(made[1])) <= 1  # a second has passed in between


def test_the_database_must_be_named(ivr, folder: Path) -> None:
    done = ivr(*FILL)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("name a database, such as IVR_DATABASE_URL=sqlite:///demo.db.\n")
    assert not list(folder.glob("ivr.db*"))


def test_a_number_of_days_that_is_none_is_explained(ivr) -> None:
    for days in ("30", "0d", "-3d", "a month", "9999d"):
        done = ivr("fuzz", "--fill", days)

        assert done.returncode == 2
        assert done.stderr == f'ivr: "{days}" is no number of days; write --fill as 30d, with at most 400d.\n'


def test_a_turn_that_was_not_kept_is_not_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    render = Documents.render

    def broken(self: Documents, release: Any, verbs: Any, next_turn: int, called: str) -> str:
        if next_turn == 6:
            raise KeyError("a fault")
        return render(self, release, verbs, next_turn, called)

    monkeypatch.setattr(Documents, "render", broken)
    monkeypatch.setenv("IVR_DATABASE_URL", NAMED["IVR_DATABASE_URL"])

    with pytest.raises(StoreUnavailable, match=r"turns: not everything was kept\. Delete it\."):
        CliRunner().invoke(commands, list(FILL), catch_exceptions=False)
