"""`ivr worker` and calls to customers: when it may, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from outgoing_house import NEXT_MORNING, OutgoingHouse
from sqlalchemy import Boolean, Integer, insert

from ivr.app.dialler import NoExchange
from ivr.app.outgoing import dialling_of, settle_whose
from ivr.app.preparing import prepare
from ivr.app.wiring import wire
from ivr.cli.worker_command import command as worker
from ivr.config import Settings
from ivr.errors import InvalidArgument, SettingInvalid
from ivr.service.outgoing.outgoing_rows import SANDBOX, SWITCH
from ivr.storage.bulk import engine
from ivr.storage.tables import calls

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
    settle_whose(settings)
    assert switched()
    store.set_switch(SWITCH, on=False)
    settle_whose(settings)
    assert not switched()
    store.close()


def test_a_sandbox_phones_no_customer_of_a_hotline_that_answers(database_url: str) -> None:
    house = OutgoingHouse(database_url)
    house.told(1)
    house.told(2, phone="+862155500124", simulated=True)
    house.now = NEXT_MORNING

    assert house.round(simulated=True) == {"placed": 1}
    assert [placing.to for placing in house.network.asked] == ["+862155500124"]
    house.store.set_switch(SANDBOX, on=True)
    house.later(seconds=5)
    assert house.round(simulated=True) == {"placed": 1}
    house.close()


def test_a_database_is_a_sandbox_s_own_until_a_hotline_answers_in_it(database_url: str) -> None:
    sandbox = Settings(database_url=database_url, sandbox=True)
    store = wire(sandbox).ports.store

    def switches() -> tuple[bool | None, bool | None]:
        with store.transaction() as tx:
            found = tx.switches()
            return found.get(SANDBOX), found.get(SWITCH)

    settle_whose(sandbox)
    assert switches() == (True, True)
    settle_whose(Settings(database_url=database_url))
    assert switches() == (False, False)
    an_answered_call(database_url)
    settle_whose(sandbox)
    assert switches() == (False, False)
    store.close()


def an_answered_call(database_url: str) -> None:
    """A call of somebody who is not invented."""
    with (connections := engine(database_url)).begin() as connection:
        kinds = {column.name: column for column in calls.columns}
        needed = {
            name: False if isinstance(column.type, Boolean) else 1 if isinstance(column.type, Integer) else "x"
            for name, column in kinds.items()
            if not column.nullable
        }
        connection.execute(insert(calls).values(**needed))
    connections.dispose()
