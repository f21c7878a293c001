"""Releases are compiled before a caller needs them: by a process that begins, and while a release is staged."""

from __future__ import annotations

import logging
import time

import pytest
from small_hotline import MAIN, NOW, House

from ivr.app import warming, wiring
from ivr.app.database import opened
from ivr.app.warming import Warming, keep_warm
from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.service.releases.publishing import Published, publish
from ivr.service.releases.release_ports import PublishPorts, PublishRequest


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hotlines' titles of the releases that were compiled, in order."""
    found: list[str] = []
    from_body = wiring.from_body

    def noted(body: str) -> Release:
        found.append(body)
        return from_body(body)

    monkeypatch.setattr(wiring, "from_body", noted)
    return found


def publish_change(house: House, new: str, pause: object = lambda seconds: None) -> Published:
    """Another question of the first menu."""
    flows = house.path.parent / "flows"
    (flows / "main.yaml").write_text(MAIN.replace("How can we help?", new), encoding="utf-8")
    with opened(house.settings) as database:
        ports = PublishPorts(database.releases, lambda: NOW, pause=pause)  # type: ignore[arg-type]
        return publish(ports, read_files(str(flows)), [], PublishRequest("Ops", "a note"))


def test_the_first_turn_after_a_publish_compiles_nothing(house: House, compiled: list[str]) -> None:
    warm = Warming(house.hotline)
    warm.begin()
    house.voice("/voice", call="CA" + "1" * 32)
    before = len(compiled)

    publish_change(house, "What shall it be?", pause=lambda seconds: warm.look())
    staged = len(compiled)
    said = house.voice("/voice", call="CA" + "2" * 32)

    assert (before, staged, len(compiled)) == (1, 2, 2)
    assert "What shall it be?" in said


def test_a_process_that_begins_has_compiled_what_calls_in_progress_need(house: House, compiled: list[str]) -> None:
    house.voice("/voice")
    publish_change(house, "What shall it be?")
    again = House(house.path.parent)
    compiled.clear()

    Warming(again.hotline).begin()

    assert len(compiled) == 2
    assert "What is it about?" in again.press(2, "1")
    assert "What shall it be?" in again.voice("/voice", call="CA" + "2" * 32)
    assert len(compiled) == 2
    again.close()


def test_each_release_is_compiled_once(house: House, compiled: list[str]) -> None:
    warm = Warming(house.hotline)
    for _ in range(3):
        warm.look()

    assert len(compiled) == 1


def test_in_the_background_a_staged_release_is_compiled_within_a_second(
    house: House, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "LOOK_SECONDS", 0.01)
    warm = keep_warm(house.hotline)

    def wait(seconds: float) -> None:
        until = time.monotonic() + 30
        while len(compiled) < 2 and time.monotonic() < until:
            time.sleep(0.01)

    published = publish_change(house, "What shall it be?", pause=wait)
    warm.stop.set()

    assert published.done and len(compiled) == 2


def test_a_database_that_is_away_is_told_once_and_calls_go_on_when_it_is_back(
    house: House, compiled: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    warm = Warming(house.hotline)
    away = house.path.rename(house.path.with_name("away.db"))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            warm.look()
    away.rename(house.path)
    assert not house.path.with_name("ivr.db-wal").exists()
    warm.look()

    told = [record.getMessage() for record in caplog.records]
    assert told == [
        "releases cannot be compiled in advance: the database cannot be read: unable to open database file."
    ]
    assert len(compiled) == 1


def test_a_release_that_cannot_be_read_is_told_and_disturbs_no_other(
    house: House, compiled: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with opened(house.settings) as database:
        database.releases.put_draft("f" * 64, "{}", NOW, serve=True)
    with caplog.at_level(logging.WARNING):
        Warming(house.hotline).look()

    assert [record.getMessage().split(":")[1] for record in caplog.records] == [
        " this version of ivr cannot read release ffffffffffff"
    ]
    assert "How can we help?" in house.voice("/voice")
    assert len(compiled) == 2
