"""What is refused before a case is looked at, in one form; and that nothing from inside is ever told."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from console_api import NOW, Api
from werkzeug.test import TestResponse

from ivr.console.asked import LARGEST_BODY
from ivr.errors import StoreUnavailable
from ivr.service.people import new_token, token_hash

URL = "/api/cases/648808661/moves"


def told(got: TestResponse) -> tuple[int, str]:
    """Status and code of an error, which has the form of all."""
    body = got.json
    assert set(body) - {"hint", "field", "code", "why", "version", "since"} == {"error", "message", "values"}
    assert body["message"].endswith((".", "?", "。", "？")) and got.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in got.headers and not [name for name, _ in got.headers if "Access-Control" in name]
    return got.status_code, body["error"]


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic bGk6eA==", "Bearer ivr_unknown", "Bearer " + "x" * 5000, "Bearer \xff"],
)
def test_without_a_token_that_is_good_nothing_is_answered(api: Api, header: str | None) -> None:
    client = api.app.test_client(use_cookies=False)
    got = client.get("/api/cases", headers={"Authorization": header} if header is not None else {})

    assert told(got) == (401, "unauthorized") and got.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_ends_with_its_days_and_with_its_owner(api: Api) -> None:
    api.tokens["late"] = new_token(api.database.people, "li", NOW - timedelta(days=2), 1)
    wang = api.database.people.find("wang")
    assert wang is not None and api.get("/api/me", "wang").status_code == 200
    api.database.people.change(wang._replace(disabled_at=NOW))

    assert told(api.get("/api/me", "late")) == told(api.get("/api/me", "wang")) == (401, "unauthorized")
    assert api.get("/api/me", "wang").headers["WWW-Authenticate"] == 'Bearer realm="ivr", error="invalid_token"'


def test_only_the_hash_of_a_token_is_in_the_database(api: Api, tmp_path: Path) -> None:
    token = api.tokens["li"]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("ivr.db*"))

    assert token.encode() not in stored and token_hash(token).encode() in stored
    assert token_hash(token) == hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", (404, "no_such_route")), ("GET", "/api", (404, "no_such_route")),
        ("GET", "/api/cases/648808661/moves", (405, "method")), ("POST", "/api/cases", (405, "method")),
        ("OPTIONS", "/api/cases", (405, "method")), ("DELETE", "/api/cases/648808661", (405, "method")),
        ("TRACE", "/api/me", (405, "method")), ("GET", "/api//cases", (404, "no_such_route")),
    ],
)  # fmt: skip
def test_other_urls_and_methods(api: Api, method: str, path: str, expected: tuple[int, str]) -> None:
    got = api.app.test_client().open(path, method=method, headers=api.bearer("li"))

    assert told(got) == expected and (expected[0] != 405 or got.headers["Allow"])


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("text/plain", b"{}", (415, "not_json")), ("", b"{}", (415, "not_json")),
        ("application/x-www-form-urlencoded", b"move=taken", (415, "not_json")),
        ("application/json; charset=latin-1", b"{}", (415, "not_json")),
        ("application/json", b"x" * (LARGEST_BODY + 1), (413, "too_large")),
        ("application/json", b"", (400, "bad_body")),
        ("application/json", b"{", (400, "bad_body")), ("application/json", b"[]", (400, "bad_body")),
        ("application/json", b"null", (400, "bad_body")), ("application/json", b'{"data": {}}', (400, "bad_body")),
        ("application/json", b'{"move": 7}', (400, "bad_body")),
        ("application/json", b'{"move": "taken", "x": 1}', (400, "bad_body")),
        ("application/json", b'{"move": "noted", "data": {"text": 7}}', (400, "bad_body")),
        ("application/json", b'{"move": "noted", "data": {"text": "\\ud800"}}', (400, "bad_body")),
        ("application/json", b'{"move": "\xff"}', (400, "bad_body")),
        ("application/json", b"[" * 60000, (400, "bad_body")),
        ("application/json", b'{"move": "taken", "move": "noted"}', (400, "bad_field")),
        ("application/json", b'{"move": "noted", "data": {"text": "a", "text": "b"}}', (400, "bad_field")),
        ("application/json; charset=UTF-8", b'{"move": "taken"}', (428, "no_if_match")),
    ],
)  # fmt: skip
def test_a_body_that_is_no_move(api: Api, kind: str, body: bytes, expected: tuple[int, str]) -> None:
    assert told(api.post(URL, body, Content_Type=kind)) == expected


def test_every_refusal_is_in_chinese_for_who_reads_it(api: Api) -> None:
    reader = {"Accept_Language": "zh"}
    number = api.put()
    for got in (
        api.get("/api/me", "", **reader),
        api.get("/x", "li", **reader),
        api.get("/api/people", "li", **reader), api.get("/api/cases?customer=%2B862155500123", "sun", **reader),
        api.get("/api/cases?x=1", **reader), api.get("/api/cases?kind=inquiry&kind=complaint", **reader),
        api.get("/api/cases?owner=", **reader), api.get("/api/cases?limit=x", **reader),
        api.get("/api/cases?after=x", **reader),
        api.post("/api/me", {}, **reader), api.post(URL, b"x", **reader),
        api.post(URL, b"x" * 70000, Content_Type="application/json", **reader),
        api.post(URL, [], **reader), api.get("/api/cases/7", **reader),
        api.move(number, "taken", _={"If_Match": "", **reader}),
        api.move(number, "taken", _={"If_Match": "x", **reader}),
        api.move(number, "taken", _={"If_Match": '"1"', **reader}),
        api.move(number, "taken", _={"Idempotency_Key": "a b", **reader}),
    ):  # fmt: skip
        assert got.status_code >= 400 and got.headers["Content-Language"] == "zh-CN"
        for sentence in (got.json["message"], got.json.get("hint", "。")):
            assert sentence.endswith(("。", "？")), got.json


@pytest.mark.parametrize("path", ["/api/cases", "/api/me", "/api/people", "/api/cases/648808661"])
def test_a_database_that_is_away_is_503_and_when_to_ask_again(
    api: Api, monkeypatch: pytest.MonkeyPatch, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: Any) -> Any:
        raise StoreUnavailable("no route to the database at 10.0.0.7")

    monkeypatch.setattr(type(api.database.people), "by_token", away)
    got = api.get(path)

    assert told(got) == (503, "store") and int(got.headers["Retry-After"]) > 0
    assert "10.0.0.7" not in got.get_data(as_text=True) and "10.0.0.7" in caplog.text


def test_a_file_that_is_gone_is_503_too(api: Api, tmp_path: Path) -> None:
    number = api.put()
    api.database.ports.store.close()
    for path in tmp_path.glob("ivr.db*"):
        path.unlink()

    assert told(api.move(number, "taken")) == (503, "store")


def test_a_bug_inside_says_nothing_of_itself(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bug(*_: Any) -> Any:
        raise RuntimeError("the number +862155500123 broke it")

    monkeypatch.setattr(type(api.database.cases), "page", bug)
    with caplog.at_level(logging.ERROR):
        got = api.get("/api/cases")

    assert told(got) == (500, "internal")
    assert "broke it" not in got.get_data(as_text=True) and "Traceback" not in got.get_data(as_text=True)
    assert caplog.records[0].exc_info


def test_a_request_that_waited_too_long_for_a_thread_is_told_to_come_again(api: Api) -> None:
    got = api.app.test_client().get("/api/me", headers=api.bearer("li"), environ_overrides={"ivr.late": True})

    assert told(got) == (503, "late") and got.headers["Retry-After"]


def test_a_request_s_id_is_the_proxy_s(api: Api) -> None:
    assert api.get("/api/me", X_Request_Id="f3a1").headers["X-Request-Id"] == "f3a1"


def test_answers_are_plain_json_that_nobody_keeps(api: Api) -> None:
    got = api.get("/api/me")

    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(got.get_data()) == got.json and got.headers["Cache-Control"] == "no-store"
    assert api.app.test_client().get("/healthz").json == {"status": "ok"}
