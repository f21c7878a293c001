"""Who wants no calls by machine, and asks for one in a call, is phoned about that case: until they want none again."""

from __future__ import annotations

from typing import Any

import pytest
from outgoing_house import CUSTOMER, NEXT_MORNING, TOLD, OutgoingHouse
from test_why_not import run

from ivr.service.outgoing.by_staff import block, unblock
from ivr.service.outgoing.number_keys import hashed
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.outgoing.outgoing_rows import BlockedRow
from ivr.service.retried import retried
from ivr.service.rows import stamp

OTHER = "+862155500124"


def opted_out(house: OutgoingHouse, number: str = CUSTOMER) -> None:
    key = house.keys(number)[0]
    retried(house.store, lambda tx: tx.block(BlockedRow(key, stamp(tx.now()), "opted_out", "caller", "••••0123")))
    house.later(seconds=1)


def blocked(house: OutgoingHouse, number: str = CUSTOMER) -> None:
    block(house.ports, number, "chen")
    house.later(seconds=1)


@pytest.mark.parametrize("refuse", [opted_out, blocked])
def test_whoever_asks_for_a_call_after_wanting_none_is_phoned(house: OutgoingHouse, refuse: Any) -> None:
    refuse(house)
    house.told(asked_for_call=["yes"])
    house.now = NEXT_MORNING
    assert house.round() == {"placed": 1}


@pytest.mark.parametrize("refuse", [opted_out, blocked])
@pytest.mark.parametrize("when", ["before", "meanwhile", "again"])
def test_who_wants_no_calls_after_that_is_not_phoned(house: OutgoingHouse, refuse: Any, when: str) -> None:
    if when == "again":
        refuse(house)
    house.told(asked_for_call=["yes"])
    house.later(minutes=1)
    if when != "meanwhile":
        refuse(house)
    house.now = NEXT_MORNING
    if when == "meanwhile":
        house.network.answers = []
        house.round()
        house.hear(house.attempts()[-1].attempt, ended="busy")
        refuse(house)
        house.later(days=1)
    house.round()
    assert len(house.network.asked) == (when == "meanwhile")
    assert (house.follow_up().state, house.follow_up().reason) == ("stopped", "do_not_call")


def test_other_cases_of_the_number_stay_blocked(house: OutgoingHouse) -> None:
    house.told(1)
    blocked(house)
    house.told(2, asked_for_call=["yes"])
    house.told(3)
    house.told(4, phone=OTHER)
    house.now = NEXT_MORNING
    for _ in range(3):
        house.round()
        house.later(seconds=5)
    assert {each.to for each in house.network.asked} == {CUSTOMER, OTHER}
    assert [len(house.attempts(number)) for number in (1, 2, 3, 4)] == [0, 1, 0, 1]


@pytest.mark.parametrize(("said", "phoned"), [(["no"], 0), (["yes", "no"], 0), (["no", "yes"], 1), (["maybe"], 0)])
def test_the_last_word_of_the_caller_stands(house: OutgoingHouse, said: list[str], phoned: int) -> None:
    blocked(house)
    house.told(asked_for_call=said)
    house.now = NEXT_MORNING
    house.round()
    assert len(house.network.asked) == phoned


def test_a_word_said_again_in_the_same_call_is_as_old_as_the_first(house: OutgoingHouse) -> None:
    """The end of an intake says all of it once more: who blocks the number in between has blocked it afterwards."""
    at = TOLD.replace(second=1, microsecond=500_000)
    house.told(asked_for_call=["yes", "yes"])
    house.now = at
    blocked(house)
    house.now = NEXT_MORNING
    assert house.round() == {}


def test_it_holds_for_the_number_that_asked_and_no_other(house: OutgoingHouse) -> None:
    """Nobody asks for calls to somebody else, who wants none."""
    house.told(asked_for_call=["yes"])
    blocked(house, OTHER)
    house.moves(1, ("contact", {"phone": OTHER}))
    house.now = NEXT_MORNING
    assert house.round() == {}
    assert house.follow_up().reason == "do_not_call"
    house.moves(1, ("contact", {"phone": CUSTOMER}))
    assert house.round() == {"placed": 1}


def test_what_staff_write_is_no_word_of_the_caller(house: OutgoingHouse) -> None:
    blocked(house)
    house.told()
    house.moves(1, ("noted", {"text": "asked_for_call: yes"}))
    house.now = NEXT_MORNING
    assert house.round() == {}


def test_it_holds_after_a_no_too(house: OutgoingHouse) -> None:
    blocked(house)
    house.told(asked_for_call=["yes"])
    house.now = NEXT_MORNING
    house.round()
    house.hear(house.attempts()[-1].attempt, result="not_accepted", ended="completed")
    decided = {"outcome": "upheld", "reasons": "r", "answer": "We pay more."}
    house.moves(1, ("decided", decided), ("told", {"how": "mail"}))
    house.later(days=1)
    assert house.round() == {"placed": 1}
    house.hear(house.attempts()[-1].attempt, result="opted_out", ended="completed")
    assert house.status() == "closed_unconfirmed"
    house.moves(1, ("reopened", {"reason": "r"}), ("taken", {}), ("decided", decided), ("told", {"how": "mail"}))
    house.later(days=1)
    assert house.round() == {}


def test_a_block_under_either_key_counts_by_the_later(house: OutgoingHouse) -> None:
    """Where the settings have had another key meanwhile, a number is blocked under both of its hashes."""
    own = house.keys(CUSTOMER)[0]
    house.ports = house.with_key(b"k" * 32)
    assert house.keys(CUSTOMER) == [hashed(CUSTOMER, b"k" * 32), own]
    for first, second in ((0, 1), (1, 0)):
        house.store.run("DELETE FROM do_not_call", {}, returns=False)
        for which in (first, second):
            key = house.keys(CUSTOMER)[which]
            retried(house.store, lambda tx, key=key: tx.block(BlockedRow(key, stamp(tx.now()), "blocked", "li", "")))
            if which == first:
                house.told(number := 1 + first, asked_for_call=["yes"])
                house.later(minutes=1)
        house.now = NEXT_MORNING
        assert house.round() == {}
        assert house.follow_up(number).reason == "do_not_call"
        house.now = TOLD


def test_a_block_set_between_reading_and_claim_counts_though_one_was_there(
    house: OutgoingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked(house)
    house.told(asked_for_call=["yes"])
    house.now = NEXT_MORNING
    import ivr.service.outgoing.dialling as dialling

    judge = dialling.may_call

    def blocked_meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(dialling, "may_call", judge)
        found = judge(*asked)
        house.run_apart(lambda: blocked(house))
        return found

    monkeypatch.setattr(dialling, "may_call", blocked_meanwhile)
    assert house.round() == {}
    assert not house.network.asked
    assert house.follow_up().reason == "do_not_call"
    assert unblock(house.ports, CUSTOMER)
    assert house.round() == {"placed": 1}


def test_why_and_the_page_say_that_the_caller_asked(house: OutgoingHouse) -> None:
    reports = OutgoingReports(house.ports, allowed=True)
    house.told(1)
    blocked(house)
    house.told(2, asked_for_call=["yes"])
    assert "asked for a call" in reports.why(CUSTOMER).said
    assert "2026-03-03 09:30" in reports.why(CUSTOMER).said
    assert "asked" in reports.of_case(2)[0]["why"]
    assert "blocked" in reports.of_case(1)[0]["why"]
    house.now = NEXT_MORNING
    found = reports.why(CUSTOMER)
    assert (found.code, found.follow_up) == ("now", "2-1")
    assert "asked for a call" in found.said
    assert found.said.in_language("zh-CN") != str(found.said)
    house.round()
    assert reports.why(CUSTOMER).code == "on_the_phone"


def test_without_a_block_nothing_is_said_of_the_wish(house: OutgoingHouse) -> None:
    house.told(asked_for_call=["yes"])
    assert "asked" not in OutgoingReports(house.ports, allowed=True).why(CUSTOMER).said


def test_a_block_set_again_says_that_it_holds_for_all(
    house: OutgoingHouse, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", database_url)
    run_people = __import__("click.testing", fromlist=["CliRunner"]).CliRunner()
    from ivr.cli.main import commands

    assert run_people.invoke(commands, ["people", "add", "chen", "--role", "lead"]).exit_code == 0
    run("block", CUSTOMER, "--as", "chen")
    assert "blocked already" in run("block", CUSTOMER, "--as", "chen").stdout
