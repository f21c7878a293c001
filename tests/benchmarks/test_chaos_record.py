"""What the chaos run finds in a database: rows changed by hand after a real call are noticed, each as what it is."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import chaos
import pytest
from calls import Exchange
from chaos_balancer import Balancer
from chaos_callers import Callers, Watcher
from chaos_judge import INVARIANTS
from chaos_ledger import CallLedger
from chaos_record import Record
from chaos_report import broken_lines, table
from chaos_run import Outcome, Plan, judged
from chaos_servers import Servers
from test_chaos_judge import complaint

from ivr.app.database import opened
from ivr.app.logs.line import line_of
from ivr.carrier.ledger import Broken
from ivr.config import Settings
from ivr.errors import StoreUnavailable


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings, CallLedger]:
    """A database with one call."""
    path = tmp_path_factory.mktemp("chaos") / "ivr.db"
    exchange = Exchange(f"sqlite:///{path}", "NORMAL")
    return path, exchange.settings, complaint(exchange)


def changed(template: tuple[Path, Settings, CallLedger], copy: Path, *changes: str) -> Settings:
    """The settings of a copy of the database, after these changes in it."""
    path, settings, _ = template
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    for change in changes:
        target.execute(change)
    target.commit()
    target.close()
    return replace(settings, database_url=f"sqlite:///{copy}")


def outcome_of(template: tuple[Path, Settings, CallLedger], copy: Path, *changes: str) -> Outcome:
    """What is judged of the call after these changes in a copy of its database."""
    settings = changed(template, copy, *changes)
    with opened(settings) as database:
        return judged([template[2]], Record(database), settings)


def test_a_call_that_nothing_happened_to_is_right(template: tuple[Path, Settings, CallLedger], tmp_path: Path) -> None:
    outcome = outcome_of(template, tmp_path / "ivr.db")

    assert outcome.broken == []
    assert (outcome.counts["turns acknowledged"], outcome.counts["turns on record"]) == (7, 7)
    assert outcome.counts["cases"] == 1


@pytest.mark.parametrize(
    ("change", "invariant"),
    [
        ("UPDATE turns SET digest = zeroblob(16) WHERE turn = 4", "replay"),
        ("UPDATE calls SET state = (SELECT input FROM turns WHERE turn = 1)", "replay"),
        ("UPDATE turns SET input = (SELECT input FROM turns WHERE turn = 2) WHERE turn = 4", "replay"),
        ("UPDATE turns SET reply = (SELECT reply FROM turns WHERE turn = 2) WHERE turn = 4", "other answer"),
        ("DELETE FROM turns WHERE turn = 7", "lost"),
        ("DELETE FROM cases", "cases"),
        ("DELETE FROM cases", "numbers"),
        ("DELETE FROM case_events", "cases"),
        ("UPDATE cases SET partial = 1", "cases"),
        ("UPDATE cases SET kind = 'inquiry'", "cases"),
        ("UPDATE cases SET owner = 'somebody'", "cases"),
        ("UPDATE cases SET version = version + 1", "cases"),
        ("UPDATE calls SET disposition = 'abandoned'", "ends"),
        ("UPDATE calls SET ending = 'lost'", "ends"),
        ("DELETE FROM recordings", "notices"),
        ("UPDATE calls SET ended_by = 'sweeper'", "open"),
        ("UPDATE calls SET ended_at = NULL, expected_by = '2999'", "swept"),
        ("UPDATE turns SET call = 'CA2'", "lost"),
        ("UPDATE calls SET call = 'CA2'", "strangers"),
    ],
)
def test_a_database_that_lost_or_changed_something_is_noticed(
    template: tuple[Path, Settings, CallLedger], tmp_path: Path, change: str, invariant: str
) -> None:
    outcome = outcome_of(template, tmp_path / "ivr.db", change)

    assert invariant in {one.invariant for _, one in outcome.broken}


def test_a_case_on_record_twice_is_noticed(template: tuple[Path, Settings, CallLedger], tmp_path: Path) -> None:
    again = (
        "CREATE TABLE twice AS SELECT * FROM cases",
        "UPDATE twice SET number = number + 1, ordinal = ordinal + 1",
        "INSERT INTO cases SELECT * FROM twice",
        "INSERT INTO case_events SELECT number + 1, seq, at, kind, by, role, call, turn, facts, personal "
        "FROM case_events",
    )

    outcome = outcome_of(template, tmp_path / "ivr.db", *again)

    assert {one.invariant for _, one in outcome.broken} == {"cases"}


def test_a_call_that_is_swept_while_its_caller_is_on_the_line_is_noticed() -> None:
    class Swept:
        def swept_or_overdue(self) -> set[str]:
            return {"CA1", "CA2"}

    watcher = Watcher(Swept(), Callers(Balancer((), 1), (), seed=1, until=0, on_the_line={"CA2", "CA3"}))

    watcher.look()

    assert [(call, broken.invariant) for call, broken in watcher.broken] == [("CA2", "early")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE calls SET ended_by = 'sweeper'", True),
        ("UPDATE calls SET ended_at = NULL, expected_by = '2020'", True),
        ("UPDATE calls SET ended_at = NULL, expected_by = '2999'", False),
        ("UPDATE calls SET ended_by = 'provider'", False),
    ],
)
def test_calls_a_sweep_has_ended_or_would_are_found(
    template: tuple[Path, Settings, CallLedger], tmp_path: Path, change: str, found: bool
) -> None:
    settings = changed(template, tmp_path / "ivr.db", change)

    with opened(settings) as database:
        assert Record(database).swept_or_overdue() == ({template[2].call} if found else set())


TRACEBACK = """Traceback (most recent call last):
  File "x.py", line 1, in f
    1 / 0
ZeroDivisionError: division by zero
\tand a second line of it
"""
CHAIN = f"""{TRACEBACK}
The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "y.py", line 1, in g
    raise StoreUnavailable("away")
"""


def logged(failed: Exception | None, level: int = logging.ERROR) -> str:
    """What a server writes of an event."""
    caught = (type(failed), failed, None) if failed else None
    record = logging.LogRecord("ivr.webhooks", level, "x.py", 1, "turn %d failed", (3,), caught)  # type: ignore[arg-type]
    return line_of(record, "json").decode()


@pytest.mark.parametrize(
    ("log", "unexpected"),
    [
        (logged(ZeroDivisionError()), ["ZeroDivisionError: turn 3 failed (ZeroDivisionError)"]),
        (logged(KeyError("a")) + logged(StoreUnavailable("away")), ["KeyError: turn 3 failed (KeyError)"]),
        (logged(None, logging.CRITICAL), ["turn 3 failed"]),
        (logged(None), []),
        ("{no JSON\n", []),
        (TRACEBACK, ["ZeroDivisionError: division by zero"]),
        (TRACEBACK + "ERROR ivr.webhooks: turn 3 failed\n" + TRACEBACK, ["ZeroDivisionError: division by zero"] * 2),
        (TRACEBACK + TRACEBACK, ["ZeroDivisionError: division by zero"] * 2),
        (CHAIN + "KeyError: 'a'\nready\n", ["KeyError: 'a'"]),
        (CHAIN + "ivr.errors.StoreUnavailable: away\nready\n", []),
        ("ERROR ivr.webhooks: turn 4 waits: away\n", []),
    ],
)
def test_errors_nobody_expected_are_found_in_the_servers_logs(log: str, unexpected: list[str], tmp_path: Path) -> None:
    servers = Servers([{}], 1, tmp_path)
    servers.all[0].log.write_text(log)

    assert servers.tracebacks() == unexpected


def test_the_table_says_each_invariant_of_each_mode() -> None:
    broken = [("CA1", Broken("lost", "turn 3")), ("CA1", Broken("lost", "turn 4"))]
    outcomes = {"one": Outcome(Counter(calls=1234)), "all": Outcome(Counter(calls=5), broken)}

    lines = table(outcomes).splitlines()

    assert lines[0] == "| | one | all |"
    assert "| calls | 1,234 | 5 |" in lines
    assert "| acknowledged turns that are not on record (0) | 0 | 2 |" in lines
    assert sum("(0)" in line for line in lines) == len(INVARIANTS)
    assert list(broken_lines(outcomes)) == ["all: lost: CA1 turn 3", "all: lost: CA1 turn 4"]


@pytest.mark.parametrize("name", INVARIANTS)
def test_one_broken_invariant_makes_the_run_fail(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(mode: str, plan: Plan, folder: Path) -> Outcome:
        return Outcome(Counter(), [("CA1", Broken(name, "something"))] if mode == "all" else [])

    def run_well(mode: str, plan: Plan, folder: Path) -> Any:
        return Outcome()

    monkeypatch.setattr("sys.argv", ["chaos.py", "one", "all", "--on", "sqlite"])
    monkeypatch.setattr(chaos, "run", run_well)
    assert chaos.main() == 0
    monkeypatch.setattr(chaos, "run", run)
    assert chaos.main() == 1
    assert f"all: {name}: CA1 something" in capsys.readouterr().out
