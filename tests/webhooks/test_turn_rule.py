"""The whole rule of turns through the webhooks: what takes a turn, what is answered from the record, in any order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from small_hotline import CALL, NOW, House

from ivr.service.calls.sweep import SWEEP
from ivr.service.work import Worker

STORY = (
    ("RecordingSid", "RE11111111111111111111111111111111"),
    ("RecordingUrl", "https://api.twilio.com/RE11111111111111111111111111111111"),
    ("RecordingDuration", "14"),
)


def as_left(house: House) -> dict[str, list[Any]]:
    """All rows of all calls, but for how often they were changed and by which order of rows."""
    versionless = "call, number, turns_taken, state, status_seq, ended_at, ended_by, disposition, person"
    return {
        "calls": house.rows(f"SELECT {versionless} FROM calls ORDER BY call"),
        "turns": house.rows("SELECT * FROM turns ORDER BY call, turn"),
        "cases": house.rows(
            "SELECT number, kind, status, partial, turn, due, facts, personal FROM cases ORDER BY number"
        ),
        "events": house.rows("SELECT number, seq, kind, by, facts, personal FROM case_events ORDER BY number, seq"),
        "recordings": house.rows("SELECT * FROM recordings ORDER BY recording"),
    }


def unchanged(house: House, act: Callable[[], str]) -> str:
    before = house.rows("SELECT * FROM calls"), as_left(house)
    answer = act()
    assert (house.rows("SELECT * FROM calls"), as_left(house)) == before
    return answer


def test_no_call_is_a_first_turn_whatever_the_url_says(house: House) -> None:
    for number, path in enumerate(("/voice", "/voice/t/0", "/voice/t/1", "/voice/t/2/again", "/voice/t/7")):
        assert "How can we help?" in house.voice(path, ("Digits", "1"), call=f"CA{number:032x}")
    assert house.rows("SELECT turns_taken, count(*) FROM calls GROUP BY turns_taken") == [(1, 5)]


def test_a_call_that_was_only_heard_of_has_its_first_turn_still(house: House) -> None:
    house.send("/voice/status", house.form(("SequenceNumber", "0"), status="ringing"))
    assert house.rows("SELECT turns_taken, number, release FROM calls") == [(0, None, None)]
    assert "How can we help?" in house.voice("/voice/t/4")
    assert house.rows("SELECT turns_taken, number, status_seq, ended_by FROM calls") == [(1, 1, -1, None)]


def test_the_next_turn_is_taken(house: House) -> None:
    house.voice("/voice")
    assert "What is it about?" in house.press(2, "1")
    assert house.count() == {"calls": 1, "turns": 2, "cases": 1, "case_events": 1, "recordings": 0}


def test_the_turn_just_taken_is_answered_from_the_record_whoever_asks(house: House) -> None:
    house.voice("/voice")
    answer = house.press(2, "1")
    for keys in ("1", "2", "", "9" * 500):
        assert unchanged(house, lambda keys=keys: house.press(2, keys)) == answer
    assert unchanged(house, lambda: house.voice("/voice/t/2/again")) == answer


def test_an_older_turn_is_answered_byte_for_byte_to_the_one_who_asked_it(house: House) -> None:
    answers = [house.voice("/voice"), house.press(2, "7"), house.press(3, "1"), house.press(4, "2")]
    assert len(set(answers)) == 4
    assert unchanged(house, lambda: house.voice("/voice")) == answers[0]
    assert unchanged(house, lambda: house.press(2, "7")) == answers[1]
    assert unchanged(house, lambda: house.press(3, "1")) == answers[2]


def test_an_older_turn_with_other_words_is_brought_to_now(house: House) -> None:
    house.voice("/voice")
    house.press(2, "1")
    now = house.press(3, "1")
    assert unchanged(house, lambda: house.press(2, "2")) == now
    assert unchanged(house, lambda: house.voice("/voice", status="ringing")) == now


def test_a_turn_from_the_future_is_brought_to_now_and_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    now = house.voice("/voice")
    assert unchanged(house, lambda: house.press(3, "1")) == now
    assert "turn_from_future" in caplog.text


def test_an_erased_call_hears_goodbye_and_leaves_nothing(house: House) -> None:
    house.voice("/voice")
    house.write("UPDATE calls SET erased_at = ?, state = NULL, customer = ''", NOW.isoformat())
    for path in ("/voice", "/voice/t/2", "/voice/t/9", "/voice/t/2/again", "/voice/fallback"):
        answer = unchanged(house, lambda path=path: house.voice(path, ("Digits", "1")))
        assert "Goodbye" in answer
        assert "<Hangup/>" in answer
    notices = house.form(*STORY, ("SequenceNumber", "9"), status="completed")
    for path in ("/voice/status", "/voice/recording/2", "/voice/transcript/2"):
        unchanged(house, lambda path=path: str(house.send(path, notices).status))


def test_a_reply_that_retention_took_away_is_goodbye(house: House) -> None:
    house.voice("/voice")
    house.write("UPDATE turns SET reply = NULL")
    assert "Goodbye" in unchanged(house, lambda: house.voice("/voice"))


def test_a_resumed_turn_asks_again_and_counts_nothing(house: House) -> None:
    house.voice("/voice")
    for turn in range(2, 9):
        assert "How can we help?" in house.voice(f"/voice/t/{turn}/again?held=1")
    assert "What is it about?" in house.press(9, "1")


def test_the_idempotency_token_decides_nothing(house: House) -> None:
    """It is not covered by the signature; the same form is the same turn whatever it says."""
    phone = house.phone()
    phone.dial()
    phone.press("1")
    sent = phone.delivery.exchanges[-1]
    assert sent.reply is not None
    again = phone.delivery.post(sent.url, sent.pairs)
    assert again.body == sent.reply.body
    assert house.count()["turns"] == 2


def story(house: House) -> House:
    house.voice("/voice")
    house.press(2, "1")
    house.press(3, "1")
    return house


def completed(house: House) -> None:
    house.send("/voice/status", house.form(("SequenceNumber", "3"), ("CallDuration", "60"), status="completed"))


def older(house: House) -> None:
    house.send("/voice/status", house.form(("SequenceNumber", "2"), status="in-progress"))


def recorded(house: House) -> None:
    pairs = [("CallSid", CALL), *STORY[:2], ("RecordingStatus", "completed"), ("RecordingDuration", "15")]
    house.send("/voice/recording/4", pairs)


def transcribed(house: House) -> None:
    pairs = [("CallSid", CALL), *STORY[:2], ("TranscriptionText", "charged twice")]
    house.send("/voice/transcript/4", pairs)


LAST = {
    "leaves the story": lambda house: house.voice("/voice/t/4", *STORY, ("Digits", "#")),
    "leaves the story and hangs up": lambda house: house.voice(
        "/voice/t/4", *STORY, ("Digits", "hangup"), status="completed"
    ),
    "is silent": lambda house: house.voice("/voice/t/4"),
}


@pytest.mark.parametrize("last", LAST.values(), ids=LAST)
def test_all_orders_of_the_last_webhooks_end_in_one_state(house: House, last: Callable[[House], object]) -> None:
    story(house).close()
    before = house.path.read_bytes()
    first: dict[str, list[Any]] | None = None
    for order in permutations((last, completed, older, recorded, transcribed)):
        house.path.write_bytes(before)
        for webhook in order:
            webhook(house)
        left = as_left(house)
        house.close()
        first = first or left
        assert left == first, [getattr(webhook, "__name__", "last") for webhook in order]
    assert first is not None
    assert first["calls"][0][4] == 3
    assert first["calls"][0][6] == "provider"
    assert first["recordings"] == [
        (
            "RE11111111111111111111111111111111",
            CALL,
            4,
            "https://api.twilio.com/RE11111111111111111111111111111111",
            15,
            "completed",
            "charged twice",
        )
    ]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_all_orders_of_status_and_the_first_turn_end_in_one_state(house: House, order: tuple[int, ...]) -> None:
    webhooks = [
        lambda: house.send("/voice/status", house.form(("SequenceNumber", "0"), status="ringing")),
        lambda: house.send("/voice/status", house.form(("SequenceNumber", "1"), status="in-progress")),
        lambda: house.send("/voice/status", house.form(("SequenceNumber", "2"), status="completed")),
        lambda: house.voice("/voice", status="ringing"),
    ]
    for at in order:
        webhooks[at]()
    row = house.rows("SELECT turns_taken, number, status_seq, ended_by, disposition, customer FROM calls")
    assert row == [(1, 1, 2, "provider", "abandoned", "+12025550101")]
    assert house.count()["turns"] == 1


STEPS = [
    ("the first menu", [], 0, None),
    ("the intake's menu", ["1"], 0, {}),
    ("the intake's record", ["1", "2"], 0, {"product": "loan"}),
    ("the intake's record, speaking", ["1", "2"], 9, {"product": "loan", "story": "a story"}),
    ("a transfer", ["2"], 0, None),
    ("a sensitive question", ["3"], 0, None),
]


@pytest.mark.parametrize(("keys", "seconds", "fields"), [step[1:] for step in STEPS], ids=[step[0] for step in STEPS])
def test_a_hang_up_at_any_step_leaves_the_partial_case(
    house: House, keys: list[str], seconds: int, fields: dict[str, str] | None
) -> None:
    phone = house.phone()
    phone.dial()
    for key in keys:
        phone.press(key)
    phone.hang_up(recorded=seconds)
    assert phone.refused == []
    complete = bool(fields and "story" in fields)
    assert house.rows("SELECT ended_by, disposition FROM calls") == [
        ("provider", "completed" if complete else "abandoned")
    ]
    cases = house.rows("SELECT kind, partial, facts || personal FROM cases")
    assert len(cases) == (fields is not None)
    for kind, partial, data in cases:
        assert (kind, bool(partial)) == ("complaint", not complete)
        assert all(name in data for name in fields or ())
    assert house.count()["recordings"] == (seconds > 0)


def test_a_hang_up_after_an_answered_transfer_is_a_transferred_call(house: House) -> None:
    house.voice("/voice")
    house.press(2, "2")
    house.now = NOW + timedelta(minutes=40)
    house.voice("/voice/t/3", ("DialCallStatus", "completed"), ("DialBridged", "true"), status="completed")
    assert house.rows("SELECT ended_by, disposition, person, transfer_seconds FROM calls") == [
        ("provider", "transferred", "answered", 2400)
    ]


def test_a_call_first_heard_of_when_its_caller_hung_up_is_ended(house: House) -> None:
    house.voice("/voice/t/4", *STORY, status="completed")
    assert house.rows("SELECT turns_taken, ended_by, disposition FROM calls") == [(1, "provider", "abandoned")]


def sweep(house: House) -> None:
    """The sweep, as a worker does it."""
    house.write("DELETE FROM work")
    house.store.add_work(SWEEP.name, "", timedelta())
    Worker(house.hotline.ports, {SWEEP.name: SWEEP}, "a worker", print).all_due()


def test_a_swept_call_goes_on_where_its_caller_was_there_after_all(house: House) -> None:
    house.voice("/voice")
    sweep(house)
    assert house.rows("SELECT ended_by FROM calls") == [(None,)]
    house.now = NOW + timedelta(minutes=10)
    sweep(house)
    assert house.rows("SELECT ended_by, disposition FROM calls") == [("sweeper", "abandoned")]
    house.press(2, "1")
    assert house.rows("SELECT ended_at, ended_by, disposition FROM calls") == [(None, None, None)]
