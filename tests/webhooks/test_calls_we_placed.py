"""Calls that we placed, from being told to the case's end, over the real routes."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from placed_house import PLACED_CALL, PlacedHouse
from small_hotline import CALLED, CALLER, House

NEUTRAL = "Sorry to have troubled you. Goodbye."


def test_a_customer_who_accepts_closes_the_case(placed: PlacedHouse) -> None:
    number = placed.complaint()
    attempt = placed.dial(hours=30)
    first = placed.say(f"/voice/out/{attempt}")
    assert "This is Illustrative Bank." in first
    assert "Did you call us?" in first
    asked = placed.say("/voice/t/2", ("Digits", "1"))
    assert str(number) in re.sub(r"\D", "", asked)
    assert "Goodbye from the bank." in placed.say("/voice/t/3", ("Digits", "1"))
    assert placed.case()[0] == "closed"
    assert placed.results() == ["accepted"]
    placed.tell(attempt, "completed", ("SequenceNumber", "3"))
    assert placed.results() == ["accepted"]
    assert placed.follow_up() == ("done", "accepted")
    assert placed.rows("SELECT attempt, direction, customer FROM calls WHERE direction = 'outgoing'") == [
        (attempt, "outgoing", CALLER)
    ]
    assert placed.rows("SELECT state, result, network_end FROM attempts") == [("ended", "accepted", "completed")]


def test_a_no_is_on_record_before_anything_else_is_asked(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.say(f"/voice/out/{attempt}")
    placed.say("/voice/t/2", ("Digits", "1"))
    asked = placed.say("/voice/t/3", ("Digits", "2"))
    assert "Why?" in asked
    assert placed.case()[0] == "in_progress"
    placed.say("/voice/t/4", ("Digits", "1"))
    placed.tell(attempt, "completed")
    assert placed.results() == ["not_accepted"]
    assert placed.follow_up() == ("done", "not_accepted")
    assert [row[0] for row in placed.rows("SELECT kind FROM case_events ORDER BY seq")][-2:] == ["attempted", "noted"]


def test_opting_out_by_key_is_kept_as_a_hash_only(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.say(f"/voice/out/{attempt}")
    placed.say("/voice/t/2", ("Digits", "4"))
    ((key, why, hint),) = placed.rows("SELECT to_key, why, hint FROM do_not_call")
    assert (why, hint) == ("opted_out", "••••" + CALLER[-4:])
    assert len(key) == 64
    assert CALLER not in key
    assert placed.case()[0] == "closed_unconfirmed"


@pytest.mark.parametrize(
    ("status", "result"),
    [("busy", "busy"), ("no-answer", "no_answer"), ("failed", "failed"), ("canceled", "no_answer"),
     ("completed", "unclear")],
)  # fmt: skip
def test_what_the_network_says_is_an_event_and_the_next_try_is_a_day_later(
    placed: PlacedHouse, status: str, result: str
) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.tell(attempt, "ringing")
    placed.tell(attempt, status)
    placed.tell(attempt, status)
    assert placed.results() == [result]
    assert placed.follow_up() == ("waiting", None)
    assert placed.case()[0] == "follow_up_due"
    placed.dial(hours=25)
    assert placed.rows("SELECT count(*) FROM calls WHERE direction = 'outgoing'") == [(0,)]


def test_after_three_tries_the_case_is_closed_without_the_customers_word(placed: PlacedHouse) -> None:
    placed.complaint()
    placed.tell(placed.dial(hours=30), "busy")
    placed.tell(placed.dial(hours=24), "no-answer")
    placed.tell(placed.dial(hours=24), "busy")
    assert placed.results() == ["busy", "no_answer", "busy"]
    assert placed.case()[0] == "closed_unconfirmed"
    assert placed.follow_up() == ("done", "unreached")


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("order", [("status", "out", "no"), ("out", "status", "no"), ("out", "no", "status")])
def test_the_customers_word_outranks_the_network_in_any_order(
    placed: PlacedHouse, order: tuple[str, ...], last: bool
) -> None:
    """Also where it comes after the case was closed without it."""
    placed.complaint()
    attempt = placed.dial(hours=30)
    if last:
        for _ in range(2):
            placed.tell(attempt, "busy")
            attempt = placed.dial(hours=24)
    for what in order:
        if what == "status":
            placed.tell(attempt, "completed", ("SequenceNumber", "3"))
        elif what == "out":
            placed.say(f"/voice/out/{attempt}")
            placed.say("/voice/t/2", ("Digits", "1"))
        else:
            placed.say("/voice/t/3", ("Digits", "2"))
    assert placed.case()[0] == "in_progress"
    assert placed.results()[-1] == "not_accepted"
    assert placed.follow_up() == ("done", "not_accepted")


@pytest.mark.parametrize(
    "path",
    ["/voice", "/voice/t/1", "/voice/t/4", "/voice/t/2/again", "/voice/fallback", "/voice/out/nobody",
     "/voice/out/nobody/again", "/voice/out/nobody/fallback"],
)  # fmt: skip
def test_whom_we_phoned_never_hears_the_main_menu_where_nothing_explains_the_call(house: House, path: str) -> None:
    pairs = [("CallSid", PLACED_CALL), ("CallStatus", "in-progress"), ("From", CALLED), ("To", CALLER),
             ("Direction", "outbound-api")]  # fmt: skip
    heard = house.send(path, pairs).body.decode()
    assert NEUTRAL in heard
    assert "<Hangup/>" in heard
    assert "help" not in heard
    assert house.rows("SELECT count(*) FROM calls") == [(0,)]


def test_an_attempt_is_never_another_call_than_its_own(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.say(f"/voice/out/{attempt}")
    assert NEUTRAL in placed.say(f"/voice/out/{attempt}", call=PLACED_CALL)
    assert placed.rows("SELECT count(*) FROM calls WHERE direction = 'outgoing'") == [(1,)]


def test_a_hold_comes_back_to_the_attempt(placed: PlacedHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    path = placed.path
    path.rename(path.with_suffix(".away"))
    held = placed.say(f"/voice/out/{attempt}")
    assert f"/voice/out/{attempt}/again?held=1" in held
    path.with_suffix(".away").rename(path)
    assert "Did you call us?" in placed.say(f"/voice/out/{attempt}/again?held=1")


def test_the_fallback_of_a_call_that_we_placed_begins_it(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    failed = (("ErrorCode", "11200"), ("ErrorUrl", f"{placed.settings.public_url}/voice/out/{attempt}"))
    assert "Did you call us?" in placed.say(f"/voice/out/{attempt}/fallback", *failed)


def test_our_own_calls_are_no_visits_of_the_caller(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.say(f"/voice/out/{attempt}")
    with placed.store.transaction() as tx:
        assert tx.visits(CALLER, "") == 1


def test_a_machine_that_is_detected_hears_nothing_of_it(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    heard = placed.say(f"/voice/out/{attempt}", ("AnsweredBy", "machine_start"))
    assert "<Say" not in heard
    assert placed.results() == ["machine"]
    assert placed.follow_up() == ("waiting", None)


def test_a_machine_that_is_detected_later_is_known_at_the_next_turn(placed: PlacedHouse) -> None:
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.say(f"/voice/out/{attempt}")
    form = placed.placed_form(("AnsweredBy", "machine_start"))
    assert placed.send(f"/voice/out/{attempt}/detection", form).status == 204
    placed.say("/voice/t/2")
    assert placed.results() == ["machine"]


def test_the_answer_of_the_provider_may_come_after_the_call_itself(placed: PlacedHouse) -> None:
    """The attempt is not placed yet when the call is answered: its URL explains it all the same."""
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.write("UPDATE attempts SET state = 'intended', call = NULL")
    assert "Did you call us?" in placed.say(f"/voice/out/{attempt}")
    assert placed.rows("SELECT state FROM attempts") == [("placed",)]


def test_the_date_spoken_after_a_no_is_the_one_on_record(placed: PlacedHouse) -> None:
    """Midnight passes while they are asked why, and the question is said again."""
    placed.complaint()
    attempt = placed.dial(hours=30)
    placed.now = placed.now.astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=23, minute=59).astimezone(UTC)
    placed.say(f"/voice/out/{attempt}")
    placed.say("/voice/t/2", ("Digits", "1"))
    first = placed.say("/voice/t/3", ("Digits", "2"))
    placed.now += timedelta(minutes=2)
    again = placed.say("/voice/t/4", ("Digits", "7"))
    until = re.compile(r"open again until ([A-Z][a-z]+ \d+)")
    said, (due,) = until.findall(first + again), placed.rows("SELECT due FROM cases")[0]
    assert len(said) == 2, again
    assert {f"{date.fromisoformat(due):%B} {date.fromisoformat(due).day}"} == set(said)
