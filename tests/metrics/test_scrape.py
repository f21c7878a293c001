"""What a scrape tells, of each kind of database; of one that is away, that it is."""

from __future__ import annotations

import itertools
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event, text

from ivr.app.metrics import collected, places
from ivr.app.metrics import port as metrics_port
from ivr.app.metrics.collected import OfDatabase
from ivr.app.metrics.port import open_metrics_port, operators_app
from ivr.config import Settings
from ivr.errors import StoreUnavailable
from ivr.service.calls.close import new_call
from ivr.service.rows import CallRow, stamp
from ivr.storage.bulk import engine
from ivr.storage.figures import FigureRows
from ivr.storage.opening import open_store

NOW = datetime.now(UTC)
Samples = dict[tuple[str, ...], float]


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(places.VARIABLE, str(tmp_path / "metrics"))
    return Settings(database_url=database_url, metrics_port=9464)


def samples(body: str) -> Samples:
    found: Samples = {}
    for family in text_string_to_metric_families(body):
        for sample in family.samples:
            found[(sample.name, *sample.labels.values())] = sample.value
    return found


def scrape(app: Any, path: str = "/metrics") -> tuple[int, str]:
    status: list[str] = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}
    body = b"".join(app(environ, lambda given, headers, *_: status.append(given)))
    return int(status[0][:3]), body.decode()


def test_it_tells_calls_work_and_releases(settings: Settings) -> None:
    store = open_store(settings, lambda: datetime.now(UTC))
    with store.transaction() as tx:
        now = tx.now()
    calls = [
        _call("going on", now + timedelta(minutes=1)), _call("overdue", now - timedelta(minutes=1)),
        _call("simulated", now + timedelta(minutes=1))._replace(simulated=True),
        _call("ended", now - timedelta(minutes=1))._replace(ended_at=stamp(now)),
    ]  # fmt: skip
    for row in calls:
        with store.transaction() as tx:
            tx.put_call(row)
    for ref, minutes in (("later", 60), ("due", -1), ("claimed", -30), ("overdue", -20)):
        store.add_work("sweep", ref, timedelta(minutes=minutes))
    store.claim_work("sweep", "somebody", timedelta(minutes=1))
    store.add_work("dial", "dead", timedelta(minutes=-1))
    piece = store.claim_work("dial", "somebody", timedelta(minutes=1))
    assert piece is not None
    store.put_off_work(piece.id, "somebody", timedelta(), "no answer", dead=True)
    with engine(settings.database_url).begin() as connection:
        connection.execute(text("INSERT INTO releases (hash, body, stored_at) VALUES ('abcdef0123456789', '{}', '')"))
        connection.execute(text("INSERT INTO served_releases (name, release) VALUES ('live', 'abcdef0123456789')"))
    store.close()
    status, body = scrape(operators_app(settings))
    found = samples(body)
    assert status == 200 and found[("ivr_database_up",)] == 1
    assert (found[("ivr_calls_open",)], found[("ivr_calls_overdue",)]) == (2, 1)
    states = {name[2]: value for name, value in found.items() if name[:2] == ("ivr_work_pieces", "sweep")}
    assert states == {"alive": 4, "due": 2, "overdue": 1, "claimed": 1}
    assert found[("ivr_work_dead",)] == 1
    assert found[("ivr_release_info", "live", "abcdef012345")] == 1


def _call(name: str, expected_by: datetime) -> CallRow:
    row = new_call(f"CA{name}", "+12025550101", "+862155500000", NOW)
    return row._replace(version=0, turns_taken=1, expected_by=stamp(expected_by))


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/ivr.db", "postgresql://nobody@127.0.0.1:1/nothing", "sqlite:///{folder}"]
)
def test_a_database_that_is_away_is_a_figure_and_no_failed_scrape(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(places.VARIABLE, str(tmp_path / "metrics"))
    app = operators_app(Settings(database_url=url.format(folder=tmp_path), metrics_port=9464))
    status, body = scrape(app)
    found = samples(body)
    assert status == 200 and found[("ivr_database_up",)] == 0 and found[("ivr_ready",)] == 0
    assert ("ivr_calls_open",) not in found and found[("ivr_workers",)] == 0
    status, body = scrape(app, "/readyz")
    assert status == 503 and body.startswith("not ready: database\n") and len(body.splitlines()) == 2


def test_tables_that_are_missing_are_a_figure_too(settings: Settings) -> None:
    with engine(settings.database_url).begin() as connection:
        connection.execute(text("ALTER TABLE work RENAME TO gone"))
    assert samples(scrape(operators_app(settings))[1])[("ivr_database_up",)] == 0


class Silent(FigureRows):
    """A database that does not answer."""

    def __init__(self) -> None:
        self.answers, self.asked = threading.Event(), 0

    def read(self) -> Any:
        self.asked += 1
        self.answers.wait(30)
        raise StoreUnavailable("at last")


def test_a_silent_database_is_left_behind_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collected, "PATIENCE", 0.05)
    rows = Silent()
    database = OfDatabase(rows)
    for _ in range(5):
        (up,) = database.collect()
        assert up.samples[0].value == 0
    assert rows.asked == 1
    rows.answers.set()


def test_a_statement_that_takes_too_long_is_ended(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the plan: a join of nothing but numbers goes on for hours."""
    from ivr.storage import figures

    monkeypatch.setattr(figures, "SECONDS", 0.2 if database_url.startswith("sqlite") else 1)
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*), 0 FROM n"
    monkeypatch.setattr(figures, "_open_calls", lambda now: text(forever))
    with pytest.raises(StoreUnavailable):
        FigureRows(database_url).read()


def test_each_statement_has_only_what_those_before_it_have_left(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock of its own, which goes on by a second with each look at it."""
    from ivr.storage import figures

    seconds = itertools.count()
    monkeypatch.setattr(figures, "time", SimpleNamespace(monotonic=lambda: float(next(seconds))))
    monkeypatch.setattr(figures, "STEPS", 1)
    limits: list[str] = []

    def limit_seen(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "statement_timeout" in statement:
            limits.append(statement.rpartition(" ")[2])

    rows = FigureRows(database_url)
    event.listen(rows._engine, "before_cursor_execute", limit_seen)
    with pytest.raises(StoreUnavailable):
        rows.read()
    assert limits == ([] if database_url.startswith("sqlite") else ["1000"])


@pytest.fixture
def port(settings: Settings, free_port: int) -> Iterator[str]:
    close = open_metrics_port(replace(settings, metrics_port=free_port))
    until = time.monotonic() + 30
    while True:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", free_port)):
                break
        assert time.monotonic() < until
        time.sleep(0.05)
    yield f"http://127.0.0.1:{free_port}"
    close()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_port_answers_metrics_and_readiness_and_nothing_else(port: str) -> None:
    with urllib.request.urlopen(f"{port}/metrics", timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain") and b"ivr_ready 0.0" in answer.read()
    nothing, unready = "/metrics or /readyz\n", "not ready: no_release\nno release is live\n"
    for path, code, body in (("/", 404, nothing), ("/readyz", 503, unready), ("/voice", 404, nothing)):
        with pytest.raises(urllib.error.HTTPError) as failed:
            urllib.request.urlopen(f"{port}{path}", timeout=10)
        assert (failed.value.code, failed.value.read().decode()) == (code, body)
        failed.value.close()


def test_who_sends_nothing_does_not_keep_others_from_it(port: str) -> None:
    host, number = port.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(number))) for _ in range(50)]
    try:
        until = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{port}/metrics", timeout=10) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.2)
    finally:
        for one in idle:
            one.close()


def test_a_taken_port_is_a_line_and_calls_go_on(
    port: str, settings: Settings, free_port: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with urllib.request.urlopen(f"{port}/metrics", timeout=20) as answer:
        assert answer.status == 200
    monkeypatch.setattr(metrics_port, "PREDECESSOR_SECONDS", 0.0)
    second = open_metrics_port(replace(settings, metrics_port=free_port))
    until = time.monotonic() + 30
    while not caplog.records and time.monotonic() < until:
        time.sleep(0.05)
    second()
    told = [record.getMessage() for record in caplog.records if record.name == "ivr.metrics"]
    assert len(told) == 1 and told[0].startswith("no metrics yet")


def test_without_the_setting_there_is_no_port(settings: Settings) -> None:
    before = threading.active_count()
    open_metrics_port(replace(settings, metrics_port=0))()
    assert threading.active_count() == before
