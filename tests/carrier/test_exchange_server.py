"""The exchange over HTTP: the network's side of a whole call, and what it refuses to do for anybody else."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlencode

import pytest
from exchange_here import ALL_EVENTS, CALLS, CUSTOMER, OURS, SID, TOKEN, basic
from scripted_hotline import Script

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.desk import Desk
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.far_end import ExchangeGone, FarAccount, FarExchange, TakenElsewhere
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.server import ExchangeServer

HOTLINE = "http://127.0.0.1:8000"
OUT = "/voice/out/a1"
QUESTION = '<Gather action="/voice/t/2" numDigits="1"><Say>Is that you?</Say></Gather>'


@pytest.fixture
def script() -> Script:
    return Script({OUT: [QUESTION], "/voice/t/2": ["<Say>Thank you</Say><Hangup/>"], f"{OUT}/status": [204]})


def serving(script: Script, **more: Any) -> ExchangeServer:
    account = Account(sid=SID, token=TOKEN, keys={"SK1": "a secret"}, numbers=(OURS,))
    exchange = Exchange(account=account, a_second=100, hotlines=(f"{HOTLINE}/",), **more)
    server = ExchangeServer(exchange, Desk(exchange, script, TOKEN), Delivery(script, TOKEN))
    server.start()
    return server


@pytest.fixture
def server(script: Script) -> Iterator[ExchangeServer]:
    with closing(serving(script)) as made:
        yield made


def ask(server: ExchangeServer, method: str, path: str, form: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with closing(connection):
        connection.request(method, path, urlencode(form or {}, doseq=True), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def place(server: ExchangeServer, **more: Any) -> tuple[int, dict[str, Any]]:
    wish = {"To": CUSTOMER, "From": OURS, "Url": f"{HOTLINE}{OUT}", "StatusCallback": f"{HOTLINE}{OUT}/status", **more}
    return ask(server, "POST", f"{CALLS}.json", wish, Authorization=basic())


def eventually(said: Any) -> None:
    until = time.monotonic() + 10
    while not said():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_call_rings_is_answered_led_and_told_of(server: ExchangeServer, script: Script) -> None:
    status, made = place(server, StatusCallbackEvent=ALL_EVENTS)
    assert status == 201
    far = FarExchange(server.port)
    (ringing,) = far.ringing(10)
    assert (ringing.call, ringing.to, ringing.from_number) == (made["sid"], CUSTOMER, OURS)
    far.answer(ringing.call, "human")
    phone = ringing.telephone(far.delivery(ringing.call))
    ringing.take_up(phone, "human")
    assert [said.text for said in phone.heard] == ["Is that you?"]
    phone.press("1")
    assert [said.text for said in phone.heard] == ["Thank you"]
    assert phone.waiting == "ended"
    far.hang_up(ringing.call)
    told = lambda: [form["CallStatus"] for path, form in script.sent if path == f"{OUT}/status"]  # noqa: E731
    eventually(lambda: len(told()) == 4)
    assert told() == ["initiated", "ringing", "in-progress", "completed"]


def test_two_telephones_ring_and_the_first_to_answer_has_the_call(server: ExchangeServer) -> None:
    place(server)
    far = FarExchange(server.port)
    (one,), (other,) = far.ringing(10), far.ringing(10)
    assert one == other
    far.answer(one.call, "human")
    with pytest.raises(TakenElsewhere):
        far.answer(other.call, "human")
    assert far.ringing(0) == []


def test_who_waits_hears_a_ring_that_comes_later(server: ExchangeServer) -> None:
    heard: list[Any] = []
    waits = threading.Thread(target=lambda: heard.extend(FarExchange(server.port).ringing(10)))
    waits.start()
    place(server)
    waits.join(10)
    assert [ringing.to for ringing in heard] == [CUSTOMER]


def test_a_call_that_is_not_answered_is_told_of(server: ExchangeServer, script: Script) -> None:
    place(server)
    far = FarExchange(server.port)
    (ringing,) = far.ringing(10)
    far.decline(ringing.call, "busy")
    eventually(lambda: script.sent)
    assert script.last("CallStatus") == {"CallStatus": "busy"}


@pytest.mark.parametrize(
    ("url", "form", "status"),
    [
        (f"{HOTLINE}{OUT}", {"CallSid": "CA" + "9" * 32}, 403),
        ("http://127.0.0.1:8001/voice", None, 403),
        ("http://example.com/voice", None, 403),
        (f"{HOTLINE}{OUT}", None, 200),
    ],
)
def test_the_exchange_signs_for_nobody_but_the_call_itself(
    server: ExchangeServer, url: str, form: dict[str, str] | None, status: int
) -> None:
    place(server)
    far = FarExchange(server.port)
    (ringing,) = far.ringing(10)
    at = f"/ringing/{ringing.call}/webhook"
    assert ask(server, "POST", at, {"CallSid": ringing.call}, **{"X-Webhook-Url": url})[0] == 409  # it only rings
    far.answer(ringing.call, "human")
    sent = form or {"CallSid": ringing.call}
    assert ask(server, "POST", at, sent, **{"X-Webhook-Url": url})[0] == status


def test_no_page_in_a_browser_may_ask(server: ExchangeServer) -> None:
    assert ask(server, "GET", "/account", Origin="http://example.com")[0] == 403
    assert ask(server, "GET", "/account", Host="example.com")[0] == 403
    assert ask(server, "GET", "/account", Host=f"localhost:{server.port}")[0] == 200


def test_programs_of_this_machine_learn_a_key_and_not_the_token(server: ExchangeServer) -> None:
    assert FarExchange(server.port).account() == FarAccount(SID, "SK1", "a secret", f"{HOTLINE}/")
    assert "a secret" not in repr(FarExchange(server.port).account())
    assert TOKEN not in str(ask(server, "GET", "/account"))
    assert ask(server, "GET", f"{CALLS}.json", Authorization=basic("SK1", "a secret"))[0] == 200
    assert ask(server, "GET", f"{CALLS}.json")[0] == 401


@pytest.mark.parametrize("path", ["/", "/ringing/CA1", "/ringing/CA1/answer/x", "/nothing"])
def test_there_is_nothing_else(server: ExchangeServer, path: str) -> None:
    assert ask(server, "GET", path)[0] == 404
    assert ask(server, "POST", path)[0] == 404


def test_what_makes_no_sense_is_refused_and_the_exchange_goes_on(server: ExchangeServer) -> None:
    assert ask(server, "POST", "/ringing/CA1/answer")[0] == 409
    assert ask(server, "POST", "/ringing/CA1/answer", {"by": "a dog"})[0] == 400
    assert ask(server, "POST", "/ringing/CA1/decline", {"status": "ringing"})[0] == 400
    assert ask(server, "POST", "/ringing/CA1/dance")[0] == 404
    assert ask(server, "GET", "/ringing?wait=abc")[0] == 200
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with closing(connection):
        connection.putrequest("POST", "/ringing/CA1/answer")
        connection.putheader("Content-Length", "-1")
        connection.endheaders()
        assert connection.getresponse().status == 413
    assert place(server)[0] == 201


def test_an_answer_is_lost_as_a_broken_connection(script: Script) -> None:
    with closing(serving(script, faults=Faults(lost_after=1.0))) as server:
        with pytest.raises(http.client.RemoteDisconnected):
            place(server)
        assert len(server.exchange.calls) == 1


def test_a_port_without_an_exchange_is_told_so(server: ExchangeServer) -> None:
    server.close()
    with pytest.raises(ExchangeGone):
        FarExchange(server.port).ringing(0)


def test_a_port_of_something_else_is_told_so() -> None:
    other = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    threading.Thread(target=other.serve_forever, args=(0.05,), daemon=True).start()
    with other, pytest.raises(ExchangeGone):
        FarExchange(other.server_address[1]).ringing(0)
    other.shutdown()
