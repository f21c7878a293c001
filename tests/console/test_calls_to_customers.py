"""The routes of calls to customers."""

from __future__ import annotations

from console_api import PHONE, Api
from test_openapi import schema

BLOCK = {"number": PHONE}


def test_the_calls_of_a_case_are_listed_with_why_nobody_is_phoned(api: Api) -> None:
    number = api.put()
    got = api.get(f"/api/cases/{number}/attempts")
    assert (got.status_code, got.json) == (200, {"follow_ups": []})
    assert api.get("/api/cases/648808670/attempts").status_code == 404


def test_a_lead_blocks_numbers_and_nobody_else(api: Api) -> None:
    assert api.post("/api/do-not-call", BLOCK, "li").status_code == 403
    for _ in range(2):
        got = api.post("/api/do-not-call", BLOCK, "wang")
        assert (got.status_code, got.json) == (200, {"blocked": True})
    listed = api.get("/api/do-not-call", "wang")
    assert list(schema("DoNotCall").iter_errors(listed.json)) == []
    assert [each["number"] for each in listed.json["numbers"]] == ["••••0123"]
    assert api.post("/api/do-not-call", {"number": "12345"}, "wang").status_code == 400


def test_a_lead_switches_calls_off(api: Api) -> None:
    assert api.post("/api/outgoing/stop", {}, "li").status_code == 403
    got = api.post("/api/outgoing/stop", {}, "wang")
    assert (got.status_code, got.json) == (200, {"switched_on": False})
