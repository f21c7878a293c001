"""Lists of cases, one case, its log, and what of them is hidden from whom."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from console_api import PHONE, Api

from ivr.console.masking import masked


def numbers(api: Api, query: str = "", who: str = "li") -> list[int]:
    return [int(case["number"]) for case in api.get(f"/api/cases{query}", who).json["cases"]]


def all_pages(api: Api, query: str) -> list[list[int]]:
    pages, after = [], ""
    while True:
        page = api.get(f"/api/cases?{query}{after}").json
        pages.append([int(case["number"]) for case in page["cases"]])
        if page["next"] is None:
            return pages
        after = f"&after={page['next']}"


def test_pages_follow_one_another_until_there_are_no_more(any_api: Api) -> None:
    put = [any_api.put() for _ in range(5)]

    assert all_pages(any_api, "limit=2") == [put[:2], put[2:4], put[4:]]
    assert all_pages(any_api, "limit=5") == [put]
    assert all_pages(any_api, "status=closed") == [[]]


def test_a_case_that_moves_between_two_pages_neither_hides_nor_repeats_another(any_api: Api) -> None:
    put = [any_api.put(timedelta(days=30 - n)) for n in range(4)]
    first = any_api.get("/api/cases?late=yes&limit=2").json
    any_api.move(put[1], "withdrawn", reason="settled")

    second = any_api.get(f"/api/cases?late=yes&limit=2&after={first['next']}").json

    assert [int(case["number"]) for case in first["cases"]] == put[:2]
    assert [int(case["number"]) for case in second["cases"]] == put[2:] and second["next"] is None


def test_each_filter_finds_just_its_cases(api: Api) -> None:
    mine, late, other = api.put(), api.put(timedelta(days=20)), api.put(customer="+862155500124")
    api.move(mine, "taken")
    api.move(other, "assigned", "wang", team="cards")

    assert numbers(api, "?owner=li") == numbers(api, "?status=in_progress") == [mine]
    assert numbers(api, "?late=yes") == [late]
    assert numbers(api, "?team=cards") == numbers(api, "?customer=%2B862155500124") == [other]
    assert numbers(api, "?kind=inquiry") == []
    assert set(numbers(api, "?kind=complaint")) == {mine, late, other}


@pytest.mark.parametrize(
    ("query", "error", "field"),
    [
        ("limit=0", "bad_field", "limit"), ("limit=201", "bad_field", "limit"), ("limit=٣", "bad_field", "limit"),
        ("status=lost", "bad_field", "status"), ("kind=", "bad_field", "kind"), ("owner=", "bad_field", "owner"),
        ("owner=%00", "bad_field", "owner"), ("team=" + "x" * 81, "bad_field", "team"),
        ("late=no", "bad_field", "late"),
        ("customer=0215550012", "bad_field", "customer"), ("statu=open", "bad_field", "statu"),
        ("status=open&status=closed", "bad_field", "status"), ("after=", "bad_cursor", None),
        ("after=648808661", "bad_cursor", None), ("after=!!", "bad_cursor", None),
    ],
)  # fmt: skip
def test_a_wrong_parameter_lists_nothing(api: Api, query: str, error: str, field: str | None) -> None:
    got = api.get(f"/api/cases?{query}")

    assert (got.status_code, got.json["error"], got.json.get("field")) == (400, error, field)


def cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "value",
    [
        ["d", "2026-03-02T14:10:00.000000+00:00", 7], ["o", "2026-03-02", 7],
        ["o", "2026-03-02T14:10:00.000000+00:00", -1],
        ["o", "2026-03-02T14:10:00.000000+00:00", 2**63], ["o", "2026-03-02T14:10:00.000000+00:00", "7"], ["o"], {}, 7,
    ],
)  # fmt: skip
def test_a_cursor_of_another_list_or_of_nobody_is_refused(api: Api, value: Any) -> None:
    assert api.get(f"/api/cases?after={cursor(value)}").json["error"] == "bad_cursor"
    assert api.get(f"/api/cases?after={cursor(['o', '2026-03-02T14:10:00.000000+00:00', 7])}").status_code == 200


def test_a_case_has_its_version_as_etag_and_so_has_its_log(api: Api) -> None:
    number = api.put()
    api.move(number, "taken")

    one, log = api.get(f"/api/cases/{number}"), api.get(f"/api/cases/{number}/events")

    assert one.headers["ETag"] == log.headers["ETag"] == '"3"' and one.json["version"] == 3
    assert [(event["seq"], event["kind"]) for event in log.json["events"]] == [
        (1, "opened"),
        (2, "completed"),
        (3, "taken"),
    ]
    assert "events" not in one.json and one.json["clock"]["state"] == "running"


@pytest.mark.parametrize("number", ["648808660", "1", "x", "0" * 40, "٦٤٨٨٠٨٦٦١", "648808661"])
def test_a_number_that_is_nobody_s_is_404(api: Api, number: str) -> None:
    for path in (f"/api/cases/{number}", f"/api/cases/{number}/events"):
        got = api.get(path)
        assert (got.status_code, got.json["error"]) == (404, "no_such_case")
    assert api.move(number, "taken").status_code == 404


@pytest.mark.parametrize("who", ["sun", "zhou"])
def test_numbers_of_callers_are_masked_for_those_who_phone_nobody(api: Api, who: str) -> None:
    number = api.put()
    api.move(number, "noted", text="she can be had on 021-5550-0177 too")
    said = [
        api.get(path, who).get_data(as_text=True)
        for path in ("/api/cases", f"/api/cases/{number}", f"/api/cases/{number}/events")
    ]
    changed = api.move(number, "noted", "sun", text="x")

    for text in (*said, changed.get_data(as_text=True)):
        assert not any(digits in text for digits in ("5550", "0200", "零二一五"))
    assert '"caller":"••••0123"' in said[0] and "charged twice" in said[0]
    assert f'"number":"{number}"' in said[1] and "••••0177" in said[2]
    assert PHONE in api.get(f"/api/cases/{number}").get_data(as_text=True)


def test_a_number_that_may_not_be_seen_cannot_be_asked_for_either(api: Api) -> None:
    api.put()

    assert api.get("/api/cases?customer=%2B862155500123", "sun").status_code == 403
    assert numbers(api, "?customer=%2B862155500123", "wang") == api.numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+862155500123", "••••0123"), ("call (021) 5550-0123 now", "call (••••0123 now"), ("1234", "1234"),
        ("12345", "••••"), ("in 2026", "in 2026"), ("６２２２０２００００１１２３４５", "••••２３４５"), ("", ""),
        ("9" * 300, "••••9999" * 5),
    ],
)  # fmt: skip
def test_what_is_masked_of_a_text(text: str, shown: str) -> None:
    assert masked(text) == shown
