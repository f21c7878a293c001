"""Notices of recordings and of the end of a call: they touch what is their own, in any order."""

from __future__ import annotations

from itertools import permutations

import pytest
from small_hotline import CALL, House

from ivr.app.answering import notices

OTHER = "CA" + "6" * 32
URL = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE11111111111111111111111111111111"


def leave_story(house: House, call: str, recording: str = "RE11111111111111111111111111111111", url: str = URL) -> None:
    """A complaint whose story is this recording."""
    house.voice("/voice", call=call)
    house.press(2, "1", call)
    house.press(3, "1", call)
    about = ("RecordingSid", recording), ("RecordingUrl", url), ("RecordingDuration", "14")
    assert "Your number is" in house.voice("/voice/t/4", *about, call=call)


def news(call: str, **more: str) -> list[tuple[str, str]]:
    about = {
        "CallSid": call,
        "RecordingSid": "RE11111111111111111111111111111111",
        "RecordingUrl": "https://api.twilio.com/of-another",
        **more,
    }
    return list(about.items())


def test_a_notice_for_another_call_leaves_a_recording_as_it_is(house: House) -> None:
    leave_story(house, CALL)
    house.send("/voice/transcript/4", news(CALL, RecordingUrl=URL, TranscriptionText="charged twice"))
    house.voice("/voice", call=OTHER)
    before = house.rows("SELECT * FROM recordings")

    done = {"RecordingStatus": "completed", "RecordingDuration": "99"}
    for form in (news(OTHER, **done), news(OTHER, TranscriptionText="nothing of note"), news("CA" + "7" * 32, **done)):
        for route in ("/voice/recording/4", "/voice/transcript/4"):
            assert house.send(route, form).status == 204

    assert house.rows("SELECT * FROM recordings") == before


def test_a_turn_of_another_call_leaves_a_recording_as_it_is(house: House) -> None:
    leave_story(house, CALL)
    before = house.rows("SELECT * FROM recordings")
    leave_story(house, OTHER, url="https://api.twilio.com/of-another")
    assert house.rows("SELECT * FROM recordings") == before


@pytest.mark.parametrize("call", ["CA" + "7" * 32, "", "CA1", f"{CALL}CallStatus"])
def test_a_notice_for_a_call_that_is_not_on_record_is_not_kept(house: House, call: str) -> None:
    assert house.send("/voice/recording/4", news(call, RecordingStatus="completed")).status == 204
    assert house.count()["recordings"] == 0


FOREIGN = [
    "https://evil.example/RE11111111111111111111111111111111",
    "http://api.twilio.com/RE11111111111111111111111111111111",
    "https://api.twilio.com.evil.example/RE11111111111111111111111111111111",
    "https://eviltwilio.com/RE11111111111111111111111111111111",
    "https://api.twilio.com@evil.example/RE11111111111111111111111111111111",
    "https://user:pw@api.twilio.com/RE11111111111111111111111111111111",
    "https://evil.example/https://api.twilio.com/RE11111111111111111111111111111111",
    "javascript:alert(1)//api.twilio.com",
    "//api.twilio.com/RE11111111111111111111111111111111",
    "https://[",
    "https://",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_a_recording_of_another_host_is_kept_without_its_link(house: House, url: str) -> None:
    leave_story(house, CALL, url=url)
    done = {"RecordingUrl": url, "RecordingStatus": "completed", "RecordingDuration": "15"}
    house.send("/voice/recording/4", news(CALL, **done))
    house.send("/voice/transcript/4", news(CALL, RecordingUrl=url, TranscriptionText="charged twice"))
    kept = house.rows("SELECT recording, call, turn, url, seconds, status, transcript FROM recordings")
    assert kept == [("RE11111111111111111111111111111111", CALL, 4, None, 15, "completed", "charged twice")]


@pytest.mark.parametrize(
    "host", ["api.twilio.com", "api.dublin.ie1.twilio.com", "API.Twilio.com", "api.twilio.com:443"]
)
def test_a_recording_of_the_provider_s_host_keeps_its_link(house: House, host: str) -> None:
    leave_story(house, CALL, url=f"https://{host}/RE11111111111111111111111111111111")
    assert house.rows("SELECT url FROM recordings") == [(f"https://{host}/RE11111111111111111111111111111111",)]


ENDS = {
    "completed": "completed", "busy": "busy", "no-answer": "no_answer", "failed": "failed", "canceled": "canceled",
}  # fmt: skip


@pytest.mark.parametrize(("said", "kept"), ENDS.items())
def test_how_the_network_ended_a_call_is_kept(house: House, said: str, kept: str) -> None:
    house.voice("/voice")
    assert house.rows("SELECT network_end FROM calls") == [(None,)]
    house.send("/voice/status", house.form(("SequenceNumber", "3"), status=said))
    assert house.rows("SELECT network_end, ended_by FROM calls") == [(kept, "provider")]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([("ringing", "0"), ("in-progress", "1"), ("completed", "2")], "completed"),
        ([("in-progress", "5"), ("busy", "1"), ("failed", "2")], "failed"),
        ([("completed", "1"), ("failed", "2"), ("in-progress", "9")], "failed"),
        ([("canceled", ""), ("completed", ""), ("no-answer", "")], "completed"),
        ([("failed", ""), ("busy", "0"), ("ringing", "")], "busy"),
        ([("failed", "4"), ("busy", "4"), ("", "4")], "busy"),
    ],
)
def test_how_the_network_ended_a_call_is_the_same_in_any_order(
    house: House, told: list[tuple[str, str]], kept: str
) -> None:
    found = set()
    for n, order in enumerate(permutations([*told, None])):
        call = f"CA{n:032x}"
        for one in order:
            if one is None:
                house.voice("/voice", call=call)
            else:
                sequence = ("SequenceNumber", one[1])
                house.send("/voice/status", house.form(sequence, call=call, status=one[0]))
        found |= {*house.rows("SELECT network_end, ended_by, turns_taken FROM calls WHERE call = ?", call)}
    assert found == {(kept, "provider", 1)}


@pytest.mark.parametrize(
    ("reads", "route"),
    [
        ("status_change", "/voice/status"), ("recording_news", "/voice/recording/4"),
        ("recording_news", "/voice/transcript/4"), ("note_status", "/voice/status"),
        ("keep_recording", "/voice/recording/4"),
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_read_or_kept_is_no_500(
    house: House, monkeypatch: pytest.MonkeyPatch, reads: str, route: str
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a form nobody thought of")

    monkeypatch.setattr(notices, reads, fail)
    assert house.send(route, news(CALL, CallStatus="completed")).status == 204
