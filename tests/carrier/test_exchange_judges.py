"""The exchange takes what the provider takes, and refuses the rest with the provider's error number."""

from __future__ import annotations

from typing import Any

import pytest
from exchange_here import CALLS, OURS, SID, TOKEN, URL, basic, code, exchange, get, place

from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.parameters import CREATE, LIST, Kind
from ivr.carrier.exchange.rest import Request, handle


def test_a_call_is_accepted_and_told_as_the_provider_tells_it() -> None:
    made, _ = exchange()
    answer = place(made)
    assert answer.status == 201
    assert answer.body is not None
    shown = {name: answer.body[name] for name in ("sid", "status", "direction", "to", "from", "start_time", "duration")}
    assert shown == {
        "sid": f"CA{1:032x}", "status": "queued", "direction": "outbound-api", "to": "+862155501234", "from": OURS,
        "start_time": None, "duration": None,
    }  # fmt: skip
    assert answer.body["date_created"] == "Mon, 02 Mar 2026 12:00:00 +0000"


def test_all_that_may_be_wished_for_is_taken_at_once() -> None:
    made, _ = exchange()
    wishes = {
        "Method": "POST", "FallbackUrl": f"{URL}/fallback", "FallbackMethod": "POST",
        "StatusCallback": f"{URL}/status#rc=2&rp=5xx,ct,rt", "StatusCallbackMethod": "POST",
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"], "Timeout": "30", "TimeLimit": "900",
        "MachineDetection": "Enable", "MachineDetectionTimeout": "5", "AsyncAmd": "true",
        "AsyncAmdStatusCallback": f"{URL}/status", "AsyncAmdStatusCallbackMethod": "POST", "SendDigits": "W12A#",
        "Record": "false", "CallReason": "follow-up",
    }  # fmt: skip
    assert place(made, **wishes).status == 201


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"To": None}, 21201),
        ({"To": "862155501234"}, 21211),
        ({"To": "+86 21 5550 1234"}, 21211),
        ({"To": "+447700900123"}, 21215),
        ({"To": "+862155509999"}, 21214),
        ({"To": "+862155508888"}, 21216),
        ({"From": None}, 21213),
        ({"From": "hotline"}, 21212),
        ({"From": "+862155507777"}, 21210),
        ({"Url": None}, 21205),
        ({"Url": "/voice/out/a1"}, 21205),
        ({"Url": "http://my_host/voice"}, 21205),
        ({"Url": "ftp://127.0.0.1/voice"}, 21205),
        ({"FallbackUrl": "nowhere"}, 21205),
        ({"StatusCallback": "nowhere"}, 21609),
        ({"StatusCallbackEvent": ["initiated", "answerd"]}, 21626),
        ({"MachineDetection": "Yes"}, 21200),
        ({"Method": "PUT"}, 21200),
        ({"Timeout": "601"}, 21200),
        ({"Timeout": "0"}, 21200),
        ({"Timeout": "-5"}, 21200),
        ({"TimeLimit": "86401"}, 21200),
        ({"MachineDetectionTimeout": "2"}, 21200),
        ({"MachineDetectionSilenceTimeout": "1999"}, 21200),
        ({"SendDigits": "1" * 33}, 21200),
        ({"Url": [URL, URL]}, 21200),
        ({"AsyncAmd": "true", "MachineDetection": "Enable"}, 21262),
        ({"ifMachine": "Hangup"}, 20001),
        ({"status_callback": URL}, 20001),
    ],
)
def test_what_is_wrong_has_its_number(changes: dict[str, Any], wanted: int) -> None:
    made, _ = exchange(unreachable=frozenset({"+862155509999"}), blocked=frozenset({"+862155508888"}))
    assert code(place(made, **changes)) == (400, wanted)
    assert not made.calls


def test_a_call_may_come_from_a_number_that_was_proved_to_be_ours() -> None:
    made, _ = exchange()
    assert place(made, From="+862155500001").status == 201


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic !!", basic(secret="another"), basic(user="AC" + "2" * 32), basic(user="SK9", secret=""),
     "Bearer " + basic().removeprefix("Basic ")],
)  # fmt: skip
def test_nobody_else_may_ask(header: str) -> None:
    made, _ = exchange()
    answer = handle(made, Request(method="GET", path=f"{CALLS}.json", authorization=header))
    assert answer is not None
    assert code(answer) == (401, 20003)


def test_an_api_key_speaks_for_its_account() -> None:
    made, _ = exchange(keys={"SK1": "a secret"})
    asked = Request(method="GET", path=f"{CALLS}.json", authorization=basic("SK1", "a secret"))
    answer = handle(made, asked)
    assert answer is not None
    assert answer.status == 200


def test_secrets_are_in_no_text_of_an_account() -> None:
    assert TOKEN not in repr(Account(sid=SID, token=TOKEN, keys={"SK1": "a secret"}))
    assert "a secret" not in repr(Account(sid=SID, token=TOKEN, keys={"SK1": "a secret"}))


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [
        ("GET", "/2010-04-01/Accounts/AC" + "2" * 32 + "/Calls.json", (404, 20404)),
        ("GET", f"{CALLS}/CA{7:032x}.json", (404, 20404)),
        ("POST", f"{CALLS}/CA{7:032x}.json", (404, 20404)),
        ("GET", f"/2010-04-01/Accounts/{SID}/Messages.json", (404, 20404)),
        ("GET", f"/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers/PN1.json", (404, 20404)),
        ("GET", f"{CALLS}.xml", (404, 20404)),
        ("PUT", f"{CALLS}.json", (405, 20004)),
        ("POST", f"/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers.json", (405, 20004)),
    ],
)
def test_what_is_not_there_is_told_so(method: str, path: str, wanted: tuple[int, int]) -> None:
    made, _ = exchange()
    answer = handle(made, Request(method=method, path=path, authorization=basic()))
    assert answer is not None
    assert code(answer) == wanted


def test_the_account_and_its_numbers_are_told() -> None:
    made, _ = exchange()
    at = f"/2010-04-01/Accounts/{SID}"
    assert get(made, f"{at}.json")["status"] == "active"
    numbers = get(made, f"{at}/IncomingPhoneNumbers.json", PhoneNumber=OURS)["incoming_phone_numbers"]
    assert [number["phone_number"] for number in numbers] == [OURS]
    proved = get(made, f"{at}/OutgoingCallerIds.json")["outgoing_caller_ids"]
    assert [number["phone_number"] for number in proved] == ["+862155500001"]


def test_a_sandbox_phones_no_other_server() -> None:
    made, _ = exchange()
    made.hotlines = ("http://127.0.0.1:8000/",)
    assert place(made).status == 201
    for name in ("Url", "FallbackUrl", "StatusCallback"):
        for url in ("http://example.com/", "http://127.0.0.1:8001/", "http://127.0.0.1:8000@example.com/"):
            assert code(place(made, **{name: url})) == (400, 21205)


OPTIONAL = {name: kind for name, kind in CREATE.items() if name not in ("To", "From", "Url")}


def sample(kind: Kind) -> str:
    """A value it takes."""
    if kind.url:
        return URL
    if kind.most:
        return str(kind.most)
    if kind.known:
        return min(kind.known)
    return {"BY": "BY" + "0" * 32, "AP": "AP" + "0" * 32}.get(kind.pattern[:2], "1")


@pytest.mark.parametrize("name", OPTIONAL)
def test_every_published_parameter_is_taken_once_with_a_value_that_fits(name: str) -> None:
    made, _ = exchange()
    more = {"AsyncAmdStatusCallback": URL} if name == "AsyncAmd" else {}
    assert place(made, **{name: sample(CREATE[name])}, **more).status == 201


@pytest.mark.parametrize("name", [name for name, kind in CREATE.items() if kind.most])
def test_numbers_have_an_end_on_both_sides(name: str) -> None:
    kind = CREATE[name]
    assert kind.takes(str(kind.least))
    assert kind.takes(str(kind.most))
    for wrong in (str(kind.least - 1), str(kind.most + 1), "", "1e3", "１２", " 5"):
        assert not kind.takes(wrong)


def test_names_are_written_as_the_provider_writes_them() -> None:
    for name in (*CREATE, *LIST):
        assert name[0].isupper()
        assert "_" not in name
