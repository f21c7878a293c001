"""A call begins from what its own request gives: calls from different openings go through one hotline at once."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from small_hotline import CALL, CALLED, CALLER, House

from ivr.app.database import opened
from ivr.flow.release import body_of, hash_of, read_files
from ivr.service.calls.opening import Opening

OTHER, THIRD = "CA" + "6" * 32, "CA" + "7" * 32
NUMBER = {"case.complaint.number": "1234 5678"}


def test_calls_from_different_openings_go_through_one_hotline_at_the_same_time(house: House) -> None:
    house.openings[CALL] = Opening(entry="complaint", facts=NUMBER, simulated=True)
    house.openings[OTHER] = Opening(entry="other")

    assert "What is it about?" in house.voice("/voice", call=CALL)
    assert "another number" in house.voice("/voice", call=OTHER)
    assert "How can we help?" in house.voice("/voice", call=THIRD)
    for call in (CALL, THIRD):
        house.press(2, "1", call)
    house.press(3, "1", THIRD)
    heard = [house.voice("/voice/t/3", ("Digits", ""), call=CALL), house.voice("/voice/t/4", call=CALL)]

    assert "1 2 3 4" in heard[1]
    rows = house.rows("SELECT call, entry, simulated, turns_taken FROM calls ORDER BY call")
    assert rows == [(CALL, "complaint", 1, 4), (OTHER, "other", 0, 1), (THIRD, "main", 0, 3)]


def test_a_hundred_calls_from_two_openings_at_once_keep_apart(house: House) -> None:
    house.store.deadline = 10
    calls = [f"CA{n:032x}" for n in range(100)]
    house.openings |= {call: Opening(entry="complaint", simulated=True) for call in calls[::2]}

    def lead(call: str) -> str:
        first = house.voice("/voice", call=call)
        house.press(2, "1", call)
        house.store.close()
        return first

    with ThreadPoolExecutor(8) as pool:
        first = list(pool.map(lead, calls))

    assert all(("What is it about?" in said) == (n % 2 == 0) for n, said in enumerate(first))
    rows = house.rows("SELECT entry, simulated, count(*), sum(turns_taken) FROM calls GROUP BY entry, simulated")
    assert sorted(rows) == [("complaint", 1, 50, 100), ("main", 0, 50, 100)]


def test_a_release_that_is_given_is_taken_whatever_is_live(house: House) -> None:
    flows = house.path.parent / "flows"
    main = flows / "main.yaml"
    main.write_text(main.read_text(encoding="utf-8").replace("How can we help?", "What now?"), encoding="utf-8")
    body = body_of(read_files(str(flows)))
    with opened(house.settings) as database:
        database.releases.put_draft(hash_of(body), body, house.now, serve=False)
    house.openings[CALL] = Opening(release=hash_of(body))

    assert "What now?" in house.voice("/voice")
    assert "How can we help?" in house.voice("/voice", call=OTHER)


OUTGOING = [
    ("CallSid", CALL), ("CallStatus", "in-progress"), ("From", CALLED), ("To", CALLER), ("Direction", "outbound-api"),
]  # fmt: skip
ROUTES = ["/voice", "/voice/t/1", "/voice/t/4", "/voice/t/1/again?held=1", "/voice/fallback"]


@pytest.mark.parametrize("direction", ["outbound-api", "outbound-dial", "outbound"])
@pytest.mark.parametrize("route", ROUTES)
def test_a_call_that_we_did_not_place_says_goodbye_and_leaves_no_row(
    house: House, route: str, direction: str, caplog: pytest.LogCaptureFixture
) -> None:
    form = [*OUTGOING[:-1], ("Direction", direction), ("Digits", "1")]
    document = house.send(route, form).body.decode()

    assert "Goodbye" in document and "<Hangup/>" in document and "<Gather" not in document
    assert "A small hotline" not in document and "help" not in document
    assert sum(house.count().values()) == 0
    assert [record.levelno for record in caplog.records if CALL in record.getMessage()] == [logging.WARNING]


@pytest.mark.parametrize("status", ["initiated", "ringing", "in-progress", "completed", "busy", "no-answer"])
def test_the_status_of_a_call_that_we_did_not_place_is_not_kept(house: House, status: str) -> None:
    form = [("CallStatus", status), *(pair for pair in OUTGOING if pair[0] != "CallStatus")]
    assert house.send("/voice/status", form).status == 204
    assert sum(house.count().values()) == 0


def test_of_a_call_that_we_placed_the_customer_is_the_one_who_is_called(house: House) -> None:
    house.openings[CALL] = Opening(direction="outgoing", entry="other")
    house.send("/voice", OUTGOING)
    house.openings.clear()
    house.send("/voice/t/2", [*OUTGOING, ("Digits", "9")])

    row = house.rows("SELECT direction, entry, customer, address, line, turns_taken FROM calls")
    assert row == [("outgoing", "other", CALLER, None, CALLED, 2)]


def test_what_is_on_record_of_a_call_is_answered_whoever_explains_it(house: House) -> None:
    """A call goes on by its row: what its later requests say of its direction changes nothing."""
    first = house.voice("/voice")
    assert house.send("/voice/t/1", OUTGOING).body.decode() == first
    assert "What is it about?" in house.send("/voice/t/2", [*OUTGOING, ("Digits", "1")]).body.decode()


def leg(**more: str) -> list[tuple[str, str]]:
    fields = {"CallSid": OTHER, "ParentCallSid": CALL, "From": CALLED, "To": "+862155500100", **more}
    return list(fields.items())


@pytest.mark.parametrize("direction", ["outbound-dial", "inbound", ""])
def test_the_leg_to_the_desk_is_no_call_whatever_is_told_of_it(house: House, direction: str) -> None:
    house.voice("/voice")
    house.press(2, "2")
    before = house.count(), house.rows("SELECT * FROM calls")

    for status in ("ringing", "in-progress", "completed", "busy"):
        assert house.send("/voice/status", leg(CallStatus=status, Direction=direction)).status == 204
    for route in ROUTES:
        assert "<Hangup/>" in house.send(route, leg(CallStatus="in-progress", Direction=direction)).body.decode()
    about = {
        "RecordingSid": "RE11111111111111111111111111111111",
        "RecordingUrl": "https://api.twilio.com/RE11111111111111111111111111111111",
        "TranscriptionText": "a secret",
    }
    for route in ("/voice/recording/3", "/voice/transcript/3"):
        assert house.send(route, leg(**about)).status == 204

    assert (house.count(), house.rows("SELECT * FROM calls")) == before
    assert "A call in" in house.send("/voice/whisper/3", leg()).body.decode()


def test_a_leg_to_the_desk_is_no_visit_of_its_number(house: House) -> None:
    house.voice("/voice")
    house.send("/voice/status", leg(From=CALLER, CallStatus="completed", Direction="outbound-dial"))
    with house.store.transaction() as tx:
        assert tx.visits(CALLER, CALL) == 0


def test_a_parent_that_is_the_call_itself_or_empty_makes_no_leg(house: House) -> None:
    for call, parent in ((CALL, CALL), (OTHER, "")):
        pairs = [("CallSid", call), ("ParentCallSid", parent), ("From", CALLER), ("To", CALLED)]
        assert "How can we help?" in house.send("/voice", pairs).body.decode()


def test_facts_may_change_while_their_call_goes_on_as_a_fixture_says(house: House) -> None:
    facts = dict(NUMBER)
    house.openings[CALL] = replace(Opening(entry="complaint"), facts=facts)
    house.voice("/voice")
    house.press(2, "1")
    facts["case.complaint.number"] = "8765"
    assert "8 7 6 5" in house.voice(
        "/voice/t/3", ("RecordingSid", "RE11111111111111111111111111111111"), ("RecordingDuration", "4")
    )


@pytest.mark.parametrize(
    "caller", ["sip:+862155500123@pbx.example.com", '"Li" <SIP:00862155500123@pbx.example.com;user=phone>']
)
def test_a_caller_by_sip_keeps_the_number_and_the_address_is_kept_beside_it(house: House, caller: str) -> None:
    form = [("CallSid", CALL), ("From", caller), ("To", f"sip:{CALLED}@bank.sip.example"), ("Direction", "inbound")]
    assert "How can we help?" in house.send("/voice", form).body.decode()
    dialled = house.send("/voice/t/2", [*form, ("Digits", "2")]).body.decode()

    row = house.rows("SELECT customer, address, line, entry FROM calls")
    assert row == [("+862155500123", caller, CALLED, "main")]
    assert f'callerId="{CALLED}"' in dialled


def test_a_number_alone_needs_no_address_and_a_name_is_kept_as_one(house: House) -> None:
    house.voice("/voice")
    house.send("/voice", [("CallSid", OTHER), ("From", "client:branch-7"), ("To", CALLED)])
    rows = house.rows("SELECT customer, address FROM calls ORDER BY call")
    assert rows == [(CALLER, None), ("", "client:branch-7")]


def test_a_status_that_comes_first_keeps_who_is_at_both_ends(house: House) -> None:
    form = [("CallSid", CALL), ("From", "sip:+12025550101@pbx.example"), ("To", CALLED), ("CallStatus", "ringing")]
    house.send("/voice/status", form)
    assert house.rows("SELECT customer, address, line, direction, simulated FROM calls") == [
        (CALLER, "sip:+12025550101@pbx.example", CALLED, "incoming", 0)
    ]
