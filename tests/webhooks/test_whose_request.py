"""Whose request it is: the account, and ids whose borders nobody has moved. A signature alone says neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from small_hotline import CALL, CALLED, CALLER, House
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

import webhooks
from ivr.carrier.line import WsgiLine
from ivr.twilio.ids import borders_moved
from ivr.twilio.notices import status_change
from ivr.twilio.request import fields_of
from ivr.twilio.voice_request import turn_request

OURS, SUB, OTHER = ("AC" + digit * 32 for digit in "ab9")
CHILD, PARENT = "CA" + "7" * 32, "CA" + "8" * 32
RECORDING = "RE" + "1" * 32
Pairs = list[tuple[str, str]]


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[House]:
    """The small hotline of our account and a sub-account."""
    made = House(tmp_path)
    hotline = replace(made.hotline, settings=replace(made.settings, accounts=(OURS, SUB)))
    made.app = webhooks.create_app(hotline=hotline)
    made.line = WsgiLine(made.app)
    yield made
    made.close()


def of(account: str | None, *more: tuple[str, str]) -> Pairs:
    named = [] if account is None else [("AccountSid", account)]
    return [("CallSid", CALL), *named, ("From", CALLER), ("To", CALLED), *more]


ROUTES = ["/voice", "/voice/t/1", "/voice/t/2", "/voice/t/2/again?held=1", "/voice/fallback", "/voice/whisper/2",
          "/voice/status", "/voice/recording/2", "/voice/transcript/2"]  # fmt: skip


@pytest.mark.parametrize("account", [OURS, SUB, OURS.upper(), "ac" + "A" * 32])
def test_our_account_and_its_sub_accounts_are_served(ours: House, account: str) -> None:
    assert "How can we help?" in ours.send("/voice", of(account)).body.decode()


@pytest.mark.parametrize("account", [OTHER, "", None, f"{OURS} ", f"{OURS}ApiVersion2010-04-01", OURS[:-1], CALL])
@pytest.mark.parametrize("route", ROUTES)
def test_a_signed_request_of_another_account_is_refused(ours: House, route: str, account: str | None) -> None:
    reply = ours.send(route, of(account, ("RecordingSid", RECORDING), ("CallStatus", "completed")))

    assert (reply.status, reply.body) == (403, b"the account is not one of ours\n")
    assert sum(ours.count().values()) == 0


def test_another_account_does_not_join_a_call_by_its_id(ours: House) -> None:
    ours.send("/voice", of(OURS))
    before = ours.count()

    assert ours.send("/voice/t/2", of(OTHER, ("Digits", "1"))).status == 403
    assert ours.send("/voice/t/2", of(None, ("AccountSid", OURS), ("AccountSid", OTHER))).status in (200, 403)
    assert ours.count() == before


def test_where_no_account_is_set_the_token_alone_decides(house: House) -> None:
    for number, account in enumerate((OTHER, None)):
        pairs = [("CallSid", f"CA{number:032x}"), *of(account)[1:]]
        assert "How can we help?" in house.send("/voice", pairs).body.decode()


NO_IDS = ["", "x", "CA1", CALL[:-1], f"{CALL}0", f" {CALL}", f"{CALL}\n", CALL.replace("5", "g", 1), RECORDING, OURS,
          "CA" + "５" * 32, f"{CALL}CallStatusin-progress", f"SM{CALL[2:]}", f"CA-{CALL[3:]}", CALL * 100]  # fmt: skip


@pytest.mark.parametrize("call", NO_IDS)
def test_what_is_no_call_s_id_opens_nothing(house: House, call: str) -> None:
    for route in ROUTES:
        house.send(route, [("CallSid", call), ("From", CALLER), ("To", CALLED), ("RecordingSid", RECORDING)])
    assert sum(house.count().values()) == 0


@pytest.mark.parametrize("call", [CALL.lower(), "Ca" + "A" * 32, "cA" + "f" * 32])
def test_an_id_may_be_in_any_case(house: House, call: str) -> None:
    assert "How can we help?" in house.voice("/voice", call=call)
    assert house.rows("SELECT call FROM calls") == [(call,)]


@pytest.mark.parametrize("recording", [*NO_IDS[1:8], CALL, f"{RECORDING}RecordingStatuscompleted"])
def test_what_is_no_recording_s_id_is_not_kept(house: House, recording: str) -> None:
    house.voice("/voice")
    for route in ("/voice/recording/2", "/voice/transcript/2"):
        house.send(route, [("CallSid", CALL), ("RecordingSid", recording), ("TranscriptionText", "a secret")])
    assert house.count()["recordings"] == 0


@pytest.mark.parametrize("account", ["", "AC1", f"{OURS}ApiVersion2010-04-01", CALL])
def test_a_request_whose_account_is_no_id_opens_nothing(house: House, account: str) -> None:
    for route in ROUTES:
        house.send(route, of(account, ("RecordingSid", RECORDING)))
    assert sum(house.count().values()) == 0


@pytest.mark.parametrize("name", ["CallSid", "AccountSid", "ParentCallSid", "Direction"])
def test_who_says_two_things_at_once_of_what_a_request_is_about_opens_nothing(house: House, name: str) -> None:
    values = {"CallSid": (CALL, CHILD), "AccountSid": (OURS, OTHER), "ParentCallSid": (CALL, PARENT),
              "Direction": ("inbound", "outbound-dial")}[name]  # fmt: skip
    pairs = [pair for pair in of(OURS) if pair[0] != name]
    for route in ROUTES:
        house.send(route, [*pairs, (name, values[0]), (name, values[1])])
    assert sum(house.count().values()) == 0


STANDARD = {
    "AccountSid": OURS, "ApiVersion": "2010-04-01", "CallSid": CALL, "CallStatus": "in-progress", "CallToken": "{}",
    "Called": CALLED, "CalledCity": "", "CalledCountry": "CN", "Caller": CALLER, "CallerCity": "", "CallerName": "LI",
    "Confidence": "0.91", "Digits": "1", "Direction": "inbound", "From": CALLER, "FromCity": "WASHINGTON",
    "FromCountry": "US", "SpeechResult": "a complaint", "To": CALLED, "ToCity": "", "ToCountry": "CN", "msg": "End",
}  # fmt: skip
LEG = {**STANDARD, "CallSid": CHILD, "ParentCallSid": PARENT, "Direction": "outbound-dial", "From": CALLED,
       "To": "+862155500100"}  # fmt: skip
RESULT = {**STANDARD, "DialCallSid": CHILD, "DialCallStatus": "completed", "DialBridged": "true"}
CAPTURED = {
    "a turn": STANDARD,
    "the leg to the desk": LEG,
    "a leg that says inbound": {**LEG, "Direction": "inbound"},
    "the result of a transfer": RESULT,
}


def text(pairs: Pairs) -> str:
    return "".join(name + value for name, value in sorted(set(pairs)))


def moved(captured: dict[str, str]) -> Iterator[Pairs]:
    """The same signed text with other borders: fields run into the one before, and each name cut anew."""
    fields = sorted(captured.items())
    for first, last in combinations(range(len(fields) + 1), 2):
        if last - first > 1:
            inside = "".join(name + value for name, value in fields[first:last])[len(fields[first][0]) :]
            yield [*fields[:first], (fields[first][0], inside), *fields[last:]]
            for name in ("CallSid", "ParentCallSid", "Direction", "To", "From"):
                at = inside.rfind(name)
                if at > 0:
                    split = (name, inside[at + len(name) :])
                    yield [*fields[:first], (fields[first][0], inside[:at]), split, *fields[last:]]
    for at, (name, value) in enumerate(fields):
        for by in range(-len(name) + 1, len(value)):
            cut = len(name) + by
            yield [*fields[:at], ((name + value)[:cut], (name + value)[cut:]), *fields[at + 1 :]]


@pytest.mark.parametrize("captured", CAPTURED.values(), ids=CAPTURED)
def test_a_signed_request_with_moved_borders_opens_no_other_call(house: House, captured: dict[str, str]) -> None:
    """For every run of fields, and every place inside one: the signature holds, and no call but its own is touched."""
    signature = RequestValidator("t").compute_signature("", MultiDict(captured))
    tried = 0
    for pairs in moved(captured):
        if text(pairs) != text(list(captured.items())):
            continue  # another order of names: its signature is another
        tried += 1
        fields = fields_of(pairs)
        request = turn_request(fields, b"", 1)
        change = status_change(fields)
        assert RequestValidator("t").compute_signature("", MultiDict(pairs)) == signature
        for found in (request, change):
            if found is None:
                continue
            assert found.call == captured["CallSid"]
            if "ParentCallSid" in captured or captured["Direction"] != "inbound":
                assert found.direction == "outgoing", pairs
    assert tried > 200, "so many cuts leave the signature as it is"


@pytest.mark.parametrize(
    "more",
    [
        {"SipHeader_X-Twilio-CallSid": PARENT},
        {"SipHeader_X-ParentCallSid": PARENT},
        {"SipHeader_X-AccountSid": OTHER, "SipHeader_X-Direction": "inbound"},
        {"SpeechResult": "Direction inbound, my CallSid is CA"},
        {"CallerName": "Direction"},
        {"DialCallSid": CHILD, "MessagingServiceSid": "MG" + "1" * 32},
        {"TranscriptionSid": "TR" + "1" * 32, "RecordingSid": RECORDING},
        {"StirVerstat": "TN-Validation-Passed-A", "ForwardedFrom": CALLED},
    ],
)
def test_a_request_as_its_sender_made_it_is_taken(more: dict[str, str]) -> None:
    assert not borders_moved(list({**STANDARD, **more}.items()))


@pytest.mark.parametrize("parent", NO_IDS[1:])
def test_a_whisper_for_what_is_no_call_is_empty(house: House, parent: str) -> None:
    house.voice("/voice")
    house.press(2, "2")
    reply = house.send("/voice/whisper/3", [("CallSid", CHILD), ("ParentCallSid", parent)])
    assert b"<Say" not in reply.body


def test_the_accounts_of_a_setting_are_checked_at_the_start() -> None:
    from ivr.config import read_settings
    from ivr.errors import SettingInvalid

    settings: Any = read_settings({"TWILIO_ACCOUNT_SID": f" {OURS}, {SUB} "})
    assert settings.accounts == (OURS, SUB)
    assert read_settings({"TWILIO_ACCOUNT_SID": " "}).accounts == ()
    for wrong in ("AC1", f"{OURS},", f"{OURS};{SUB}", CALL, f"{OURS} {SUB}", "AC" + "g" * 32):
        with pytest.raises(SettingInvalid, match="TWILIO_ACCOUNT_SID"):
            read_settings({"TWILIO_ACCOUNT_SID": wrong})
