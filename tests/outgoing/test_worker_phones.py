"""`ivr worker` and calls to customers: when it may, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from outgoing_house import OutgoingHouse

from ivr.app.dialler import NoExchange
from ivr.app.outgoing import allow_in_sandbox, dialling_of
from ivr.app.preparing import prepare
from ivr.app.wiring import wire
from ivr.cli.worker_command import command as worker
from ivr.config import Settings
from ivr.errors import InvalidArgument, SettingInvalid
from ivr.service.outgoing.outgoing_rows import SWITCH

FLOWS = Path(__file__).parents[2] / "flows"
NOBODY_LISTENS = "9"


@pytest.fixture
def told(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[OutgoingHouse]:
    """A customer who was told the decision; the shipped flows are live."""
    house = OutgoingHouse(database_url)
    prepare(Settings(database_url=database_url, flows=str(FLOWS)), house.now)
    house.told()
    house.store.run("UPDATE follow_ups SET flow = 'followup'", {}, returns=False)
    house.close()
    monkeypatch.setenv("IVR_DATABASE_URL", database_url)
    monkeypatch.setenv("IVR_EXCHANGE_PORT", NOBODY_LISTENS)
    yield house
    house.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(worker, list(words))


def test_one_round_ends_well_where_nobody_may_be_phoned(told: OutgoingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    for allowed in ("no", "yes"):
        monkeypatch.setenv("IVR_OUTGOING", allowed)
        monkeypatch.setenv("IVR_PUBLIC_URL", "https://ivr.example.com")
        assert run("--once").exit_code == 0
    assert told.attempts() == []


def test_at_an_invented_time_only_a_sandbox_phones(told: OutgoingHouse) -> None:
    assert run("--once", "--at", "2026-03-02T10:00+08:00").exit_code == 0, "nobody is due yet"
    refused = run("--once", "--at", "2026-03-03T10:00+08:00")
    assert isinstance(refused.exception, NoExchange)
    assert told.attempts() == []


@pytest.mark.parametrize("at", ["", " "])
def test_a_time_that_is_empty_is_not_the_time_of_the_machine(told: OutgoingHouse, at: str) -> None:
    refused = run("--once", "--at", at)
    assert isinstance(refused.exception, InvalidArgument), "real people would be phoned"


def test_nobody_is_phoned_from_an_address_that_the_provider_cannot_reach(database_url: str) -> None:
    settings = Settings(database_url=database_url, outgoing=True)
    with pytest.raises(SettingInvalid, match="IVR_PUBLIC_URL"):
        dialling_of(settings, wire(settings).ports)


def test_a_sandbox_allows_its_own_calls_unless_a_lead_has_stopped_them(database_url: str) -> None:
    settings = Settings(database_url=database_url, sandbox=True)
    store = wire(settings).ports.store

    def switched() -> bool | None:
        with store.transaction() as tx:
            return tx.switches().get(SWITCH)

    assert switched() is None, "a fresh database allows nothing"
    allow_in_sandbox(settings)
    assert switched()
    store.set_switch(SWITCH, on=False)
    allow_in_sandbox(settings)
    assert not switched()
    store.close()
