"""Why somebody is not phoned, in a sentence; and what a lead decides."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from outgoing_house import CUSTOMER, NEXT_MORNING, OutgoingHouse
from small import small_release

from ivr.cli.main import commands
from ivr.errors import InvalidArgument
from ivr.messages import reader
from ivr.service.outgoing.by_staff import block, unblock
from ivr.service.outgoing.may_call import Known, Rules, may_call, rules_of
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.outgoing.outgoing_rows import SWITCH

DAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
"""Tuesday, 10:00 in Shanghai, 21:00 of Monday in New York."""
OUTGOING = """\
calls_to: [CN, US]
cases: {{complaint: {{clock: cn-2020, follow_up: main}}}}
outgoing:
  main: {{name: {{zh-CN: 示例银行, en-US: Illustrative Bank}}, from: "+862155500000", {more}}}
"""


def rules(more: str = "tries: 3") -> Rules:
    found = rules_of(small_release(keys=OUTGOING.format(more=more)), "main")
    assert found is not None
    return found


def known(**other: Any) -> Known:
    return Known(**{"now": DAY, "number": CUSTOMER, **other})


@pytest.mark.parametrize(
    ("more", "situation", "code", "said"),
    [
        ("tries: 3", {}, None, ""),
        ("tries: 3", {"switched": False, "allowed": False}, "switched_off", "switched off on every machine"),
        ("tries: 3", {"allowed": False}, "not_allowed", "IVR_OUTGOING=yes"),
        ("tries: 3", {"blocked": "opted_out", "number": None}, "do_not_call", "wants no calls"),
        ("tries: 3", {"blocked": "blocked"}, "do_not_call", "unblock"),
        ("tries: 3", {"number": None}, "no_number", "no number"),
        ("tries: 3", {"number": "+870773110000"}, "by_hand", "satellite"),
        ("tries: 3", {"number": "+4915112345678"}, "by_hand", "number of DE"),
        ('prefixes: ["+8621"]', {"number": "+12025550123"}, "by_hand", "+8621"),
        ("tries: 3", {"now": datetime(2026, 3, 3, 1, 29, 59, tzinfo=UTC)}, "hours", "2026-03-03 09:30"),
        ("tries: 3", {"now": datetime(2026, 3, 3, 11, 30, tzinfo=UTC)}, "hours", "2026-03-04 09:30"),
        ("tries: 3", {"now": datetime(2026, 3, 7, 2, 0, tzinfo=UTC)}, "hours", "2026-03-09 09:30"),
        ("workdays: no", {"now": datetime(2026, 3, 7, 2, 0, tzinfo=UTC)}, None, ""),
        ('areas: {"+1": America/New_York}', {"number": "+12025550123"}, "hours", "2026-03-03 09:30"),
        ("tries: 2", {"tries": 2}, "tried_out", "2 times"),
        ("tries: 3", {"due_at": datetime(2026, 3, 4, tzinfo=UTC)}, "not_due", "The first try"),
        ("tries: 3", {"due_at": datetime(2026, 3, 4, tzinfo=UTC), "tries": 1}, "not_due", "too short ago"),
        ("each_number: 1", {"phoned": [datetime(2026, 3, 2, 3, 0, tzinfo=UTC)]}, "each_number", "1 time in"),
        ("a_day: 5", {"today": 5}, "a_day", "5 calls"),
        ("spend: {a_call: 0.5, a_day: 10}", {"today": 20}, "spend", "10"),
        ("spend: {a_call: 0.5, a_day: 10}", {"today": 19}, None, ""),
        ("pace: 30s", {"next_dial": datetime(2026, 3, 3, 2, 0, 9, tzinfo=UTC)}, "pace", "30 s"),
    ],
)
def test_the_first_reason_that_binds_is_told(more: str, situation: dict[str, Any], code: str | None, said: str) -> None:
    found = may_call(rules(more), known(**situation))
    assert (found.code if found else None) == code
    if found:
        assert said in found.why
        assert found.why.in_language("zh-CN") != str(found.why)


@pytest.mark.parametrize(
    ("areas", "at", "again"),
    [
        ("America/New_York", "2026-03-06T23:00-05:00", "2026-03-09T13:30:00+00:00"),  # summer time since Sunday
        ("America/New_York", "2026-10-30T20:00-04:00", "2026-11-02T14:30:00+00:00"),  # and back
        ("[America/New_York, America/Los_Angeles]", "2026-03-02T22:00-05:00", "2026-03-03T17:30:00+00:00"),
        ("[America/New_York, America/Los_Angeles]", "2026-03-03T19:31-05:00", "2026-03-04T17:30:00+00:00"),
        ("Pacific/Honolulu", "2026-03-03T00:00-10:00", "2026-03-03T19:30:00+00:00"),
        ("Asia/Kathmandu", "2026-03-03T00:00+05:45", "2026-03-03T03:45:00+00:00"),
    ],
)
def test_hours_are_those_of_the_customers_zones_over_changes_of_the_clock(areas: str, at: str, again: str) -> None:
    found = rules(f'areas: {{"+1": {areas}}}').hours("+12025550123").next(datetime.fromisoformat(at))
    assert found is not None
    assert found.astimezone(UTC).isoformat() == again


def test_zones_that_share_no_hour_are_for_people(house: OutgoingHouse) -> None:
    apart = rules('areas: {"+1": [Pacific/Honolulu, Europe/London]}')
    found = may_call(apart, known(number="+12025550123"))
    assert found is not None
    assert found.again is None
    assert "no hour" in found.why


def test_a_number_blocked_after_it_was_read_is_not_phoned(
    house: OutgoingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the worker's reading and its claim."""
    house.told()
    house.now = NEXT_MORNING
    import ivr.service.outgoing.dialling as dialling

    judge = dialling.may_call

    def blocked_meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(dialling, "may_call", judge)
        found = judge(*asked)
        house.run_apart(lambda: block(house.ports, CUSTOMER, "chen"))
        return found

    monkeypatch.setattr(dialling, "may_call", blocked_meanwhile)
    assert house.round() == {}
    assert not house.network.asked
    assert (house.follow_up().state, house.follow_up().reason) == ("stopped", "do_not_call")
    assert unblock(house.ports, CUSTOMER)
    assert house.round() == {"placed": 1}


def test_the_switch_is_asked_again_by_the_claim(house: OutgoingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.told()
    house.now = NEXT_MORNING
    import ivr.service.outgoing.dialling as dialling

    judge = dialling.may_call

    def stopped_meanwhile(*asked: Any) -> Any:
        found = judge(*asked)
        house.run_apart(lambda: house.store.set_switch("outgoing.calls", on=False))
        return found

    monkeypatch.setattr(dialling, "may_call", stopped_meanwhile)
    assert house.round() == {}
    assert not house.network.asked


def test_every_state_of_a_follow_up_has_its_sentence(house: OutgoingHouse) -> None:
    reports = OutgoingReports(house.ports, allowed=True)
    assert reports.why(CUSTOMER).code == "nobody"
    house.told()
    assert reports.why(CUSTOMER).code == "not_due"
    house.now = NEXT_MORNING
    assert reports.why(CUSTOMER).code == "now"
    house.round()
    assert reports.why(CUSTOMER).code == "on_the_phone"
    (attempt,) = house.attempts()
    house.hear(attempt.attempt, result="wrong_person")
    assert reports.why(CUSTOMER).code == "wrong_person"
    (report,) = reports.of_case(1)
    assert [each["result"] for each in report["attempts"]] == ["wrong_person"]


def test_a_block_is_told_before_what_came_of_calls_that_are_over(house: OutgoingHouse) -> None:
    reports = OutgoingReports(house.ports, allowed=True)
    house.told()
    house.now = NEXT_MORNING
    house.round()
    house.hear(house.attempts()[0].attempt, result="accepted")
    assert reports.why(CUSTOMER).code == "accepted"
    block(house.ports, CUSTOMER, "chen")
    assert reports.why(CUSTOMER).code == "do_not_call"
    unblock(house.ports, CUSTOMER)
    assert reports.why(CUSTOMER).code == "accepted"


def test_of_two_cases_the_one_that_is_on_the_telephone_is_told(house: OutgoingHouse) -> None:
    house.told(1)
    house.later(seconds=30)
    house.told(2)
    house.now = NEXT_MORNING
    house.round()
    dialled = next(each for each in (house.follow_up(1), house.follow_up(2)) if each.state == "dialling")
    other = next(each for each in (house.follow_up(1), house.follow_up(2)) if each.state == "waiting")
    for due in (other.due_at, "2020-01-01T00:00:00.000000+00:00", "2199-01-01T00:00:00.000000+00:00"):
        house.store.run(f"UPDATE follow_ups SET due_at = '{due}' WHERE state = 'waiting'", {}, returns=False)
        found = OutgoingReports(house.ports, allowed=True).why(CUSTOMER)
        assert (found.code, found.follow_up) == ("on_the_phone", dialled.follow_up), due


def test_of_an_invented_case_what_keeps_the_sandbox_is_told_too(house: OutgoingHouse) -> None:
    reports = OutgoingReports(house.ports, allowed=False)
    house.told(simulated=True)
    assert reports.why(CUSTOMER).code == "not_due"
    house.now = NEXT_MORNING
    assert reports.why(CUSTOMER).code == "simulated"
    house.store.set_switch(SWITCH, on=False)
    assert reports.why(CUSTOMER).code == "switched_off"


def run(*words: str, **environ: str) -> Result:
    reader.read_in("en")
    return CliRunner().invoke(commands, ["outgoing", *words], env=environ)


@pytest.fixture
def with_lead(house: OutgoingHouse, database_url: str, monkeypatch: pytest.MonkeyPatch) -> OutgoingHouse:
    monkeypatch.setenv("IVR_DATABASE_URL", database_url)
    for name, role in (("chen", "lead"), ("li", "agent")):
        made = CliRunner().invoke(commands, ["people", "add", name, "--role", role])
        assert made.exit_code == 0, made.output
    return house


def test_only_a_lead_stops_calls_and_blocks_numbers(with_lead: OutgoingHouse) -> None:
    assert run("stop", "--as", "li").exit_code == 1
    assert run("stop").exit_code == 1
    assert "is no lead" in run("block", CUSTOMER, "--as", "li").stderr
    assert run("stop", "--as", "chen").stdout == "Calls to customers are switched off.\n"
    assert run("go", IVR_STAFF="chen").stdout == "Calls to customers are switched on.\n"
    assert "No machine phones" in run("block", CUSTOMER, "--as", "chen").stdout
    assert "blocked already" in run("block", CUSTOMER, "--as", "chen").stdout
    assert "blocked" in run("why", CUSTOMER).stdout
    assert "again" in run("unblock", CUSTOMER, "--as", "chen").stdout
    assert "not blocked" in run("unblock", CUSTOMER, "--as", "chen").stdout


def test_why_is_one_sentence(with_lead: OutgoingHouse) -> None:
    said = run("why", CUSTOMER)
    assert (said.exit_code, said.stdout) == (0, "Nobody is to be phoned on this number.\n")
    for odd in ("12345", "+", "", "021-5550-0123", "++862155500123"):
        failed = run("why", odd)
        assert failed.exit_code != 0
        assert "is no telephone number" in str(failed.exception)


@pytest.mark.parametrize(
    "written",
    ["+86 21 5550 0123", "+86-21-5550-0123", "+86 (21) 5550 0123", "+86 (0)21 5550 0123", "＋８６２１５５５００１２３",
     " +86.21.5550.0123", "\u202a+862155500123\u202c", "+86 21\u00a05550\u20110123"],
)  # fmt: skip
def test_a_number_is_taken_as_it_is_printed_or_copied(with_lead: OutgoingHouse, written: str) -> None:
    assert run("block", written, "--as", "chen").stdout == f"No machine phones {CUSTOMER} any more.\n"
    assert "blocked" in run("why", written).stdout
    assert run("unblock", written, "--as", "chen").exit_code == 0


@pytest.mark.parametrize("written", ["021-5550-0123", "+", "", "+86 21 call me", "+862155500123,+862155500124"])
def test_what_is_no_number_with_its_country_is_refused(with_lead: OutgoingHouse, written: str) -> None:
    for done in (run("why", written), run("block", written, "--as", "chen")):
        assert isinstance(done.exception, InvalidArgument)
