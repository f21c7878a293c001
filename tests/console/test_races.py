"""Several people on one case at once, over several processes: one move makes each version, and every other is told
what came between."""

from __future__ import annotations

import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from console_api import Api, MakeApi

from ivr.config import Settings
from ivr.console.app import create_app
from ivr.service.cases import move_once

THREADS, ROUNDS = 6, 4
Done = tuple[int, dict[str, Any]]


def raced(url: str, number: int, tokens: list[str], barrier: threading.Barrier | None = None) -> list[list[Done]]:
    """Each token's moves of the case, round after round, always on the version it saw last: in a thread each."""
    app = create_app(Settings(database_url=url))
    start = barrier or threading.Barrier(len(tokens))

    def one(n: int) -> list[Done]:
        client, version, done = app.test_client(use_cookies=False), 2, []
        for turn in range(ROUNDS):
            start.wait(30)
            headers = {"Authorization": f"Bearer {tokens[n]}", "If-Match": f'"{version}"'}
            body = {"move": "noted", "data": {"text": f"{n}.{turn}"}}
            got = client.post(f"/api/cases/{number}/moves", json=body, headers=headers)
            version = got.json["version"]
            done.append((got.status_code, got.json))
        app.extensions["ivr"].database.ports.store.close()
        return done

    with ThreadPoolExecutor(len(tokens)) as threads:
        done = list(threads.map(one, range(len(tokens))))
    app.extensions["ivr"].close()
    return done


def check(api: Api, number: int, done: list[list[Done]]) -> None:
    """Whoever was answered 200 made that version, alone; whoever was answered 412 was told all that came between."""
    log = api.get(f"/api/cases/{number}/events").json["events"]
    texts = {event["seq"]: event["data"].get("text") for event in log}
    won = [body["version"] for each in done for status, body in each if status == 200]
    assert sorted(won) == list(range(3, 3 + len(won))) and api.get(f"/api/cases/{number}").json["version"] == 2 + len(
        won
    )
    assert [event["seq"] for event in log] == list(range(1, 3 + len(won)))
    for n, each in enumerate(done):
        seen = 2
        for turn, (status, body) in enumerate(each):
            assert status in (200, 412), body
            if status == 200:
                assert body["version"] == seen + 1 and texts[body["version"]] == f"{n}.{turn}"
            else:
                assert [event["seq"] for event in body["since"]] == list(range(seen + 1, body["version"] + 1))
            seen = body["version"]


def test_threads_of_two_servers_on_one_case(any_api: Api, make_api: MakeApi) -> None:
    number = any_api.put()
    tokens = [any_api.tokens[name] for name in ("li", "wang", "zhao")]
    barrier = threading.Barrier(2 * len(tokens))
    with ThreadPoolExecutor(2) as servers:
        runs = [servers.submit(raced, any_api.url, number, tokens, barrier) for _ in range(2)]
        first, second = (run.result() for run in runs)
    for half in (first, second):
        assert all(len(each) == ROUNDS for each in half)
    check_both(any_api, number, first, second)


def check_both(api: Api, number: int, first: list[list[Done]], second: list[list[Done]]) -> None:
    """Two servers' threads are numbered alike, so what they wrote is compared by each server apart."""
    won = [body["version"] for each in (*first, *second) for status, body in each if status == 200]
    assert len(won) == len(set(won)) >= ROUNDS
    assert api.get(f"/api/cases/{number}").json["version"] == 2 + len(won)
    for each in (*first, *second):
        seen = 2
        for status, body in each:
            assert status in (200, 412), body
            between = [event["seq"] for event in body.get("since", ())]
            assert between == ([] if status == 200 else list(range(seen + 1, body["version"] + 1)))
            seen = body["version"]


def test_threads_of_one_server_on_one_case(any_api: Api) -> None:
    number = any_api.put()
    tokens = [any_api.tokens[name] for name in ("li", "wang", "zhao", "sun", "both", "li")][:THREADS]

    check(any_api, number, raced(any_api.url, number, tokens))


def test_two_processes_on_one_case(any_api: Api) -> None:
    number = any_api.put()
    tokens = [[any_api.tokens[name] for name in names] for names in (("li", "wang"), ("zhao", "sun"))]
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        runs = [processes.submit(raced, any_api.url, number, each) for each in tokens]
        first, second = (run.result() for run in runs)

    check_both(any_api, number, first, second)


def test_one_request_sent_twenty_times_at_once_is_made_once(any_api: Api) -> None:
    number = any_api.put()
    start = threading.Barrier(20)

    def send(_: int) -> Done:
        start.wait(30)
        got = any_api.move(number, "noted", _={"Idempotency_Key": "k"}, text="once")
        any_api.database.ports.store.close()
        return got.status_code, got.json

    with ThreadPoolExecutor(20) as threads:
        done = list(threads.map(send, range(20)))

    assert [status for status, _ in done] == [200] * 20, done
    assert all(body == done[0][1] for _, body in done)
    assert any_api.get(f"/api/cases/{number}").json["version"] == 3


@pytest.mark.parametrize("turns", [3])
def test_two_who_take_a_case_at_once_are_not_both_its_owner(any_api: Api, turns: int) -> None:
    for _ in range(turns):
        number, start = any_api.put(), threading.Barrier(2)

        def take(who: str, number: int = number, start: threading.Barrier = start) -> Done:
            start.wait(30)
            got = any_api.move(number, "taken", who)
            any_api.database.ports.store.close()
            return got.status_code, got.json

        with ThreadPoolExecutor(2) as threads:
            done = dict(zip(("li", "zhao"), threads.map(take, ("li", "zhao")), strict=True))
        [winner] = [who for who, (status, _) in done.items() if status == 200]
        [(status, body)] = [each for who, each in done.items() if who != winner]
        assert status == 412 and body["since"][0]["by"] == winner
        assert any_api.get(f"/api/cases/{number}").json["owner"] == winner


def test_a_copy_that_is_made_between_two_looks_at_the_database_has_the_same_answer(
    any_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, keyed, copies = any_api.put(), {"Idempotency_Key": "k"}, []
    look = move_once.looked_at

    def after_the_copy(*given: Any) -> Any:
        if not copies:
            copies.append(None)
            copies[0] = any_api.move(number, "taken", _=keyed)
        return look(*given)

    monkeypatch.setattr(move_once, "looked_at", after_the_copy)
    got = any_api.move(number, "taken", _=keyed)

    assert got.status_code == copies[0].status_code == 200 and got.json == copies[0].json
