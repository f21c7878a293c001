"""Calls are found again: by number, newest first, page by page, those that wait in the queue too."""

from __future__ import annotations

import pytest
from exchange_here import CALLS, CUSTOMER, basic, code, exchange, get, place

from ivr.carrier.exchange.rest import Request, handle

LIST = f"{CALLS}.json"


def sids(body: dict[str, object]) -> list[int]:
    calls = body["calls"]
    assert isinstance(calls, list)
    return [int(call["sid"][2:], 16) for call in calls]


def test_calls_to_a_number_are_found_newest_first() -> None:
    made, _ = exchange()
    for to in (CUSTOMER, "+862155509876", CUSTOMER):
        place(made, To=to)
    assert sids(get(made, LIST, To=CUSTOMER)) == [3, 1]
    assert sids(get(made, LIST)) == [3, 2, 1]
    assert sids(get(made, LIST, From="+862155500001")) == []


def test_a_filter_on_the_start_hides_a_call_that_waits() -> None:
    made, clock = exchange()
    place(made)
    place(made)
    made.advance()
    assert sids(get(made, LIST, To=CUSTOMER)) == [2, 1]
    assert sids(get(made, LIST, **{"StartTime>": "2026-03-02"})) == [1]
    assert sids(get(made, LIST, StartTime="2026-03-02")) == [1]
    assert sids(get(made, LIST, **{"StartTime<": "2026-03-02T12:00:01Z"})) == [1]
    assert sids(get(made, LIST, StartTime="2026-03-01")) == []
    assert sids(get(made, LIST, **{"EndTime>": "2026-03-01"})) == []
    assert sids(get(made, LIST, Status="queued")) == [2]
    clock.pass_seconds(1)
    made.advance()
    assert sids(get(made, LIST, Status="ringing")) == [2, 1]


def test_a_long_list_comes_page_by_page() -> None:
    made, _ = exchange()
    for _ in range(5):
        place(made)
    seen: list[int] = []
    page: str | None = f"{LIST}?PageSize=2&To=%2B862155501234"
    while page:
        path, _, query = page.partition("?")
        asked = dict(pair.split("=") for pair in query.replace("%2B", "+").split("&"))
        body = get(made, path, **asked)
        seen += sids(body)
        page = body["next_page_uri"]
    assert seen == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("query", [{"PageSize": "0"}, {"PageSize": "1001"}, {"Status": "gone"}, {"StartTime": "today"}])
def test_a_list_that_makes_no_sense_is_refused(query: dict[str, str]) -> None:
    made, _ = exchange()
    asked = Request(method="GET", path=LIST, query={k: [v] for k, v in query.items()}, authorization=basic())
    answer = handle(made, asked)
    assert answer is not None
    assert code(answer) == (400, 21200)
