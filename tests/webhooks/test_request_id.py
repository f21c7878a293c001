"""An id joins the proxy's log, ours, the turn and the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from logged import logged
from small_hotline import CALL, House

import webhooks
from ivr.app.answering import turns

GIVEN = "5f2c-of.the_proxy:7"


@pytest.mark.parametrize("path", ["/voice", "/voice/t/2/again", "/voice/status", "/healthz", "/readyz", "/nothing"])
def test_the_proxys_id_is_returned(house: House, path: str) -> None:
    headers = answered(house, path, HTTP_X_REQUEST_ID=GIVEN)
    assert [value for name, value in headers if name == "X-Request-Id"] == [GIVEN]


@pytest.mark.parametrize(
    "given",
    ["", "two words", "new\nline", "\u202e", "é", "x" * 129, "<script>", "a;b", "Kanarienvogel\x00", "-", "\x1b"],
)
def test_what_is_no_id_is_replaced_by_one_of_ours(house: House, given: str) -> None:
    made = {dict(answered(house, "/voice", HTTP_X_REQUEST_ID=given))["X-Request-Id"] for _ in range(3)}
    assert len(made) == 3 and given not in made and all(len(one) == 24 and one.isalnum() for one in made)


def test_a_line_for_each_answered_request_joins_id_call_and_turn(house: House, tmp_path: Path) -> None:
    with logged(tmp_path) as log:
        house.voice("/voice")
        house.voice("/voice/t/2", ("Digits", "3"))
        house.voice("/voice/t/2", ("Digits", "3"))
        house.send("/voice/status", house.form(status="completed"))
        house.raw("GET", "/healthz")
    told = [
        (e.get("call"), e.get("turn"), e["route"], e.get("outcome"), e["status"]) for e in log.events("ivr.requests")
    ]
    assert told == [
        (CALL, 1, "turn", "taken", "200"),
        (CALL, 2, "turn", "taken", "200"),
        (CALL, 2, "turn", "repeated", "200"),
        (CALL, None, "status", None, "204"),
    ]


def test_what_is_logged_meanwhile_names_request_call_and_turn(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.voice("/voice")

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(turns, "handle_call", fail)
    with logged(tmp_path) as log:
        house.voice("/voice/t/2", ("Digits", "3"))
    failed, line = log.events()
    assert (failed["call"], failed["turn"], failed["error"]) == (CALL, 2, "RuntimeError")
    assert (line["outcome"], line["request"]) == ("apology", failed["request"])


def test_what_follows_an_answer_is_logged_under_its_request(house: House, tmp_path: Path) -> None:
    house.voice("/voice")
    with logged(tmp_path) as log:
        house.voice("/voice/t/9", ("Digits", "3"))
        webhooks.log.warning("after it")
    future, line, after = log.events()
    assert "turn_from_future" in future["event"] and future["request"] == line["request"] and "request" not in after


def answered(house: House, path: str, **more: Any) -> list[tuple[str, str]]:
    seen: list[list[tuple[str, str]]] = []
    method = "GET" if path in ("/healthz", "/readyz") else "POST"
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "x",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "CONTENT_LENGTH": "0",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", **more,
    }  # fmt: skip
    body = house.app(environ, lambda status, headers, info=None: seen.append(headers))
    b"".join(body)
    body.close()
    return seen[0]
