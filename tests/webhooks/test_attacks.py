"""Attacks through the webhooks: headers that claim another place, URLs that lead inside, text that deceives."""

from __future__ import annotations

import json
import socket
from itertools import product
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from small_hotline import CALL, CALLED, CALLER, TOKEN, URL, House
from test_bad_input import heard

from ivr.carrier.signing import sign

CLAIMS = {
    "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_PORT": "443",
    "HTTP_X_FORWARDED_FOR": "10.0.0.1, 127.0.0.1", "HTTP_X_FORWARDED_PREFIX": "/evil", "HTTP_X_REAL_IP": "127.0.0.1",
    "HTTP_FORWARDED": "for=127.0.0.1;host=evil.example;proto=https", "HTTP_X_ORIGINAL_URL": "/voice/fallback",
    "HTTP_X_REWRITE_URL": "/voice/status", "HTTP_X_HTTP_METHOD_OVERRIDE": "GET",
    "HTTP_X_ORIGINAL_HOST": "evil.example",
    "HTTP_HOST": "evil.example", "SERVER_NAME": "evil.example", "SERVER_PORT": "443", "wsgi.url_scheme": "https",
    "SCRIPT_NAME": "", "REMOTE_ADDR": "203.0.113.9", "HTTP_CF_CONNECTING_IP": "127.0.0.1",
    "HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS": "key=x,algorithm=NONE",
}  # fmt: skip
PAIRS = [("CallSid", CALL), ("From", CALLER), ("To", CALLED)]
BODY = urlencode(PAIRS, quote_via=quote_plus).encode()


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_a_header_claims_of_the_place_changes_nothing(house: House, claim: str) -> None:
    right = sign(TOKEN, f"{URL}/voice", PAIRS)
    status, document = house.raw("POST", "/voice", BODY, HTTP_X_TWILIO_SIGNATURE=right, **{claim: CLAIMS[claim]})
    assert status == 200
    assert "How can we help?" in heard(document)
    assert "evil" not in document


ELSEWHERE = ["https://evil.example/voice", "http://evil.example:8000/voice", f"{URL}/voice/fallback",
             "https://127.0.0.1:8000/voice", "http://127.0.0.1/evil/voice"]  # fmt: skip


@pytest.mark.parametrize("url", ELSEWHERE)
def test_a_signature_over_the_place_that_headers_claim_is_refused(house: House, url: str) -> None:
    signature = sign(TOKEN, url, PAIRS)
    status, _ = house.raw("POST", "/voice", BODY, HTTP_X_TWILIO_SIGNATURE=signature, **CLAIMS)
    assert status == 403
    assert sum(house.count().values()) == 0


HOSTS = [
    "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "localhost",
    "localhost.", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "[::]", "169.254.169.254", "[fe80::1]", "10.0.0.1",
    "192.168.0.1", "172.16.0.1", "metadata.google.internal", "api.twilio.com.evil.example", "evil.example#.twilio.com",
    "evil.example?.twilio.com", "evil.example\\.twilio.com", "api.twilio.com@127.0.0.1",
    "127.0.0.1:80\\@api.twilio.com", "127.0.0.1%2f.twilio.com", "１２７.0.0.1",
    "api。twilio。com.evil.example", "twilio.com.", "eviltwilio.com",
]  # fmt: skip
TARGETS = [f"{scheme}://{host}/RE{'1' * 32}" for scheme, host in product(("https", "http"), HOSTS)]
SCHEMES = ["file:", "gopher:", "ftp:", "dict:", "data:", "javascript:"]
RESTS = ["///etc/passwd", "//api.twilio.com/R", "x"]
TARGETS += [scheme + rest for scheme, rest in product(SCHEMES, RESTS)]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every connection and every look-up of a name that somebody tries."""
    tried: list[Any] = []

    def refuse(*about: Any, **_: Any) -> None:
        tried.append(about)
        raise AssertionError("nothing may connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def test_no_url_in_a_request_is_ever_connected_to_and_no_foreign_one_is_kept(
    house: House, connections: list[Any]
) -> None:
    assert len(TARGETS) >= 60
    house.voice("/voice")
    for number, target in enumerate(TARGETS):
        about = [("RecordingSid", f"RE{number:032x}"), ("RecordingUrl", target), ("ErrorUrl", target),
                 ("ErrorCode", "11200"), ("TranscriptionUrl", target), ("From", target), ("To", target),
                 ("SpeechResult", target)]  # fmt: skip
        for route in ("/voice/recording/2", "/voice/transcript/2", "/voice/status"):
            house.send(route, [("CallSid", CALL), *about])
        house.send("/voice/fallback", [("CallSid", f"CA{number:032x}"), *about[2:]])
    assert connections == []
    assert house.rows("SELECT url FROM recordings WHERE url IS NOT NULL") == []
    assert house.count()["recordings"] == len(TARGETS), "what was said is kept without the link"


ODD = ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u0301", "\u0301" * 1000, "\u034f", "😀", "👩‍👩‍👧", "\u115f",
       "\U000e0041", "\u180e"]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("put", ["{odd}a complaint", "a complaint{odd}", "a complaint {odd}"])
def test_a_word_is_understood_with_odd_characters_around_it_or_not_and_never_breaks(
    house: House, odd: str, put: str
) -> None:
    house.voice("/voice")
    document = house.voice("/voice/t/2", ("SpeechResult", put.format(odd=odd)), ("Confidence", "0.9"))
    assert "What is it about?" in heard(document) or "That is no choice." in heard(document)
    assert house.count()["turns"] == 2


@pytest.mark.parametrize(
    ("digits", "takes"),
    [("１", True), ("１\u200b", False), ("\u0661", False), ("\u06f1", False), ("１\u0301", False), ("①", True),
     ("¹", True), ("Ⅰ", False), ("一", False), ("\u202e1", False)],
)  # fmt: skip
def test_digits_of_other_scripts_are_keys_only_where_they_are_the_same_digit(
    house: House, digits: str, takes: bool
) -> None:
    house.voice("/voice")
    assert ("What is it about?" in heard(house.voice("/voice/t/2", ("Digits", digits)))) is takes


def test_lengths_are_counted_in_characters_whatever_they_take_in_bytes(house: House) -> None:
    house.voice("/voice")
    for turn, said in enumerate(("😀" * 2000, "说" * 2000, "e\u0301" * 1000), 2):
        house.voice(f"/voice/t/{turn}", ("SpeechResult", said), ("Confidence", "0.9"))
    texts = [json.loads(row[0])["input"]["text"] for row in house.rows("SELECT input FROM turns WHERE turn > 1")]
    assert [len(text) for text in texts] == [2000, 2000, 2000]


@pytest.mark.parametrize("charset", ["utf-16", "gb18030", "iso-8859-1", "x-unknown", "utf-7"])
def test_another_charset_in_the_header_changes_no_byte(house: House, charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    right = sign(TOKEN, f"{URL}/voice", PAIRS)
    assert house.raw("POST", "/voice", BODY, HTTP_X_TWILIO_SIGNATURE=right, CONTENT_TYPE=kind)[0] == 200


def test_the_same_parameter_a_hundred_times_is_one(house: House) -> None:
    house.voice("/voice")
    many = house.form(*[("Digits", "1")] * 100, *[("SpeechResult", "x")] * 100)
    assert "What is it about?" in heard(house.send("/voice/t/2", many).body.decode())
