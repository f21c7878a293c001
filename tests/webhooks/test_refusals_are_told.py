"""A refused request leaves one line that says what to change; a flood of them a few lines and a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from logged import Event, logged
from small_hotline import CALL, TOKEN, House

import webhooks
from ivr.app.logs.flood import Flood
from ivr.app.observed import signature_trouble
from ivr.app.observed.signature_trouble import MOST_A_MINUTE
from ivr.app.wiring import wire
from ivr.carrier.signing import sign
from ivr.twilio.signature import Verifier

PAIRS = [("CallSid", CALL), ("From", "+12025550101")]
BODY = f"CallSid={CALL}&From=%2B12025550101".encode()


@pytest.fixture(autouse=True)
def _nothing_looked_into_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature_trouble, "_looked_into", Flood(MOST_A_MINUTE))


def refused(house: House, folder: Path, public: str, signed: str, token: str = TOKEN, **more: Any) -> Event:
    """The line about a request that was signed for one URL and came to a hotline that expects another."""
    house.app = webhooks.create_app(hotline=wire(replace(house.settings, public_url=public)))
    path = more.pop("path", "/voice")
    with logged(folder) as log:
        signature = sign(token, signed, PAIRS)
        status, _ = house.raw("POST", path, BODY, HTTP_X_TWILIO_SIGNATURE=signature, **more)
    assert status == 403
    (event,) = log.events("ivr.refused")
    assert event["reason"] == "signature"
    return event


HTTPS = "https://ivr.example.com"


@pytest.mark.parametrize(
    ("signed", "more", "differs"),
    [
        ("http://ivr.example.com/voice", {}, "scheme"),
        ("https://www.example.com/voice", {"HTTP_HOST": "www.example.com"}, "host"),
        ("https://www.example.com/voice", {"HTTP_X_FORWARDED_HOST": "www.example.com, 10.0.0.1"}, "host"),
        ("https://ivr.example.com:8443/voice", {"HTTP_HOST": "ivr.example.com:8443"}, "port"),
        ("https://ivr.example.com:8443/voice", {"HTTP_X_FORWARDED_PORT": "8443"}, "port"),
        ("https://ivr.example.com/voice/", {}, "path"),
        ("https://ivr.example.com/bank/voice", {"HTTP_X_FORWARDED_PREFIX": "/bank"}, "path"),
        ("http://www.example.com/voice", {"HTTP_HOST": "www.example.com"}, "scheme, host"),
        ("http://127.0.0.1:8000/voice", {"HTTP_HOST": "127.0.0.1:8000"}, "scheme, host, port"),
        ("https://ivr.example.com/voice", {"QUERY_STRING": "lang=zh"}, "query"),
    ],
)  # fmt: skip
def test_the_part_that_differs_is_found(house: House, tmp_path: Path, signed: str, more: Any, differs: str) -> None:
    event = refused(house, tmp_path, HTTPS, signed, **more)
    assert event["event"].startswith(f"a signature is wrong: {differs} differs; expected https://ivr.example.com/voice")
    assert event["expected"].startswith("https://ivr.example.com/voice") and event["signed"] == signed


def test_a_setting_with_a_path_the_provider_does_not_know(house: House, tmp_path: Path) -> None:
    event = refused(house, tmp_path, f"{HTTPS}/bank", f"{HTTPS}/voice")
    assert (event["differs"], event["expected"]) == ("path", f"{HTTPS}/bank/voice")


@pytest.mark.parametrize("more", [{}, {"HTTP_HOST": "ivr.example.com"}, {"HTTP_HOST": "127.0.0.1:8000"}])
def test_else_it_is_the_token(house: House, tmp_path: Path, more: Any) -> None:
    event = refused(house, tmp_path, HTTPS, f"{HTTPS}/voice", token="another", **more)
    assert event["event"].startswith("a signature is wrong: token differs; ")


def test_the_token_and_the_host_may_be_wrong(house: House, tmp_path: Path) -> None:
    event = refused(house, tmp_path, HTTPS, f"{HTTPS}/voice", token="another", HTTP_HOST="www.example.com")
    assert (event["differs"], event["came"]) == ("host, or the token", "https://www.example.com/voice")


def test_neither_token_nor_password_is_in_the_line(house: House, tmp_path: Path) -> None:
    event = refused(house, tmp_path, "https://user:secret@ivr.example.com", f"{HTTPS}/voice", token="another")
    assert "secret" not in str(event) and TOKEN not in str(event) and "ivr.example.com" in event["expected"]


@pytest.mark.parametrize(
    "host", ["", " ", "a b", "x\ny", "\u202e", "[", "[::1", "a:99999", ":", "@", "x" * 5000, "a:b:c", "http://x", "%41"]
)
def test_a_strange_host_is_refused_and_told_like_any_other(house: House, tmp_path: Path, host: str) -> None:
    for name in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_PREFIX"):
        (tmp_path / name).mkdir()
        refused(house, tmp_path / name, HTTPS, f"{HTTPS}/other", **{name: host})


@pytest.mark.parametrize(
    ("reason", "more"),
    [
        ("unsigned", {}), ("no_length", {"CONTENT_LENGTH": ""}), ("too_large", {"CONTENT_LENGTH": "70000"}),
        ("short_body", {"CONTENT_LENGTH": "5000"}), ("no_form", {"CONTENT_TYPE": "application/json"}),
        ("method", {"REQUEST_METHOD": "GET"}), ("no_such_url", {"PATH_INFO": "/admin.php"}),
        ("method", {"REQUEST_METHOD": "DELETE", "PATH_INFO": "/voice/status"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/voice", "/voice/status"])
def test_every_reason_is_told(house: House, tmp_path: Path, path: str, reason: str, more: Any) -> None:
    with logged(tmp_path) as log:
        house.raw("POST", path, BODY, **more)
    assert [event["reason"] for event in log.events()] == [reason]


def test_a_flood_leaves_a_few_lines_and_costs_little(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    found = signature_trouble._found
    monkeypatch.setattr(signature_trouble, "_found", lambda *given: looked.append(1) or found(*given))
    with logged(tmp_path, most=10) as log:
        for number in range(300):
            house.raw("POST", "/voice", BODY, HTTP_X_TWILIO_SIGNATURE=f"AAAA{number}")
            house.raw("POST", "/voice", BODY)
            house.raw("POST", f"/{number}", BODY)
    assert len(log.events()) == 30
    assert len(looked) == 2 * MOST_A_MINUTE


FORWARDED = {
    "HTTP_X_FORWARDED_HOST": "a.example.com:1", "HTTP_HOST": "b.example.com:2", "HTTP_X_FORWARDED_PORT": "3",
    "HTTP_X_FORWARDED_PREFIX": "/c", "QUERY_STRING": "d=e",
}  # fmt: skip


@pytest.mark.parametrize(
    ("letters", "most"),
    [(60_000, 0), (9_000, 0), (7_000, signature_trouble.MOST_URLS), (10, signature_trouble.MOST_URLS)],
)
def test_what_a_stranger_sends_is_tried_a_few_times_and_never_where_it_is_long(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letters: int, most: int
) -> None:
    tried: list[str] = []
    signed_url = Verifier.signed_url

    def counted(verifier: Verifier, urls: Iterable[str], *more: Any) -> str | None:
        return signed_url(verifier, (tried.append(url) or url for url in urls), *more)  # type: ignore[func-returns-value]

    monkeypatch.setattr(Verifier, "signed_url", counted)
    body = BODY + b"&SpeechResult=" + b"x" * letters
    with logged(tmp_path) as log:
        house.raw("POST", "/voice", body, HTTP_X_TWILIO_SIGNATURE="AAAA", **FORWARDED)
    (event,) = log.events("ivr.refused")
    assert len(tried) == most and event["differs"].endswith("or the token")
