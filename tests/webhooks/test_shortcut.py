"""The short way of a turn in front of Flask: nobody can tell which way a request went, but by the time it took."""

from __future__ import annotations

import io
from typing import Any

import pytest
from small_hotline import CALL, TOKEN, URL, House

from ivr.carrier.signing import sign

Answer = tuple[str, list[tuple[str, str]], bytes]
FORM = "CallSid=" + CALL + "&CallStatus=in-progress&From=%2B12025550101&To=%2B862155500000"
PAIRS = [("CallSid", CALL), ("CallStatus", "in-progress"), ("From", "+12025550101"), ("To", "+862155500000")]


class Torn(io.BytesIO):
    """A body whose sender has gone."""

    def read(self, *_: Any) -> bytes:
        raise OSError("the connection was closed")


ODD: dict[str, dict[str, Any]] = {
    "unsigned": {"HTTP_X_TWILIO_SIGNATURE": ""},
    "wrongly signed": {"HTTP_X_TWILIO_SIGNATURE": "AAAA"},
    "with a query": {"QUERY_STRING": "held=2"},
    "no length": {"CONTENT_LENGTH": ""},
    "too long": {"CONTENT_LENGTH": "70000"},
    "short": {"CONTENT_LENGTH": "5000"},
    "no form": {"CONTENT_TYPE": "application/json"},
    "torn": {"wsgi.input": Torn()},
    "another method": {"REQUEST_METHOD": "GET"},
    "a question": {"REQUEST_METHOD": "HEAD"},
    "of the routes": {"REQUEST_METHOD": "OPTIONS"},
}
PATHS = (
    "/voice", "/voice/", "/voice/t/1", "/voice/t/2", "/voice/t/0", "/voice/t/007", "/voice/t/999999999",
    "/voice/t/9999999999", "/voice/t/-1", "/voice/t/+1", "/voice/t/1x", "/voice/t/", "/voice/t/\xd9\xa1", "/voice/t/2/",
    "/voice//t/1", "/voices", "/voice/t/2/again", "/healthz", "/nothing",
)  # fmt: skip


def answer(house: House, path: str, **odd: Any) -> Answer:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "x",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(FORM.encode()), "wsgi.errors": io.StringIO(), "CONTENT_LENGTH": str(len(FORM)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_X_TWILIO_SIGNATURE": sign(TOKEN, URL + path, PAIRS),
        "HTTP_X_REQUEST_ID": "one-of-the-proxy",
        **odd,
    }  # fmt: skip
    told: list[tuple[str, list[tuple[str, str]]]] = []
    parts = house.app(environ, lambda status, headers, info=None: told.append((status, sorted(headers))))
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return *told[0], body


def both(house: House, path: str, **odd: Any) -> tuple[Answer, Answer]:
    """The answer of the short way, and that of Flask to the same request."""
    short = answer(house, path, **odd)
    house.app.before_request_funcs[None] = [lambda: None]
    return short, answer(house, path, **odd)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_request_is_answered_alike_both_ways(house: House, odd: str) -> None:
    short, flask = both(house, "/voice", **ODD[odd])
    assert short == flask


@pytest.mark.parametrize("path", PATHS)
def test_every_path_leads_to_the_same_answer_both_ways(house: House, path: str) -> None:
    house.voice("/voice")
    short, flask = both(house, path)
    assert short == flask


def test_a_hook_of_flask_s_sees_every_request(house: House) -> None:
    from flask import request

    seen: list[str] = []
    house.voice("/voice")
    house.app.before_request_funcs[None] = [lambda: seen.append(request.path)]
    house.voice("/voice/t/2")
    assert seen == ["/voice/t/2"]
