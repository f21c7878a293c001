"""Calls are placed once, and every answer is told as what it is: placed, certainly not placed, or doubtful."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.desk import Desk
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.faults import Faults
from ivr.carrier.exchange.server import ExchangeServer
from ivr.carrier.line import HttpLine
from ivr.errors import SettingInvalid
from ivr.service.outgoing.dialler_port import (
    Doubtful,
    NotPlaced,
    Placed,
    Placing,
    PlacingResult,
    ProviderUnavailable,
)
from ivr.twilio.dialler import TwilioDialler
from ivr.twilio.rest_client import Access

SID, TOKEN = "AC" + "1" * 32, "a token"
OURS, CUSTOMER = "+862155500000", "+862155501234"
URL = "http://127.0.0.1:8000/voice/out/a1"


def placing(**more: Any) -> Placing:
    usual: dict[str, Any] = {
        "to": CUSTOMER, "from_number": OURS, "url": URL, "fallback": f"{URL}/fallback",
        "status_callback": f"{URL}/status",
    }  # fmt: skip
    return Placing(**{**usual, **more})


@contextmanager
def exchange(faults: Faults | None = None, **account: Any) -> Iterator[tuple[ExchangeServer, TwilioDialler]]:
    """An exchange on this machine, and a dialler that places its calls there."""
    usual: dict[str, Any] = {"numbers": (OURS,), "caller_ids": ("+862155500001",), "prefixes": ("+86",)}
    ours = Account(sid=SID, token=TOKEN, keys={"SK1": "a secret"}, **{**usual, **account})
    made = Exchange(account=ours, faults=faults or Faults(), a_second=100)
    server = ExchangeServer(made, Desk(made, HttpLine(), TOKEN), Delivery(HttpLine(), TOKEN))
    server.start()
    with closing(server):
        yield server, dialler(server.port)


def dialler(port: int, user: str = SID, secret: str = TOKEN) -> TwilioDialler:
    return TwilioDialler(Access(account=SID, user=user, secret=secret, base=f"http://127.0.0.1:{port}"))


def test_a_call_is_placed_with_all_that_it_needs() -> None:
    with exchange() as (server, ours):
        result = ours.place(placing())
        (call,) = server.exchange.calls.values()
    assert result == Placed(call.sid)
    assert {name: list(values) for name, values in call.wishes.items()} == {
        "To": [CUSTOMER], "From": [OURS], "Url": [URL], "Method": ["POST"], "FallbackUrl": [f"{URL}/fallback"],
        "FallbackMethod": ["POST"], "StatusCallback": [f"{URL}/status#rc=2&rp=5xx,ct,rt"],
        "StatusCallbackMethod": ["POST"], "Timeout": ["30"], "TimeLimit": ["900"],
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
    }  # fmt: skip


@pytest.mark.parametrize("detection", ["sync", "async"])
def test_a_machine_is_looked_for_where_that_is_wanted(detection: Any) -> None:
    with exchange() as (server, ours):
        assert isinstance(ours.place(placing(detection=detection, detection_callback=f"{URL}/status")), Placed)
        (call,) = server.exchange.calls.values()
    assert call.detects == detection
    assert call.wishes["MachineDetectionTimeout"] == ["5"]
    wanted = [f"{URL}/status#rc=2&rp=5xx,ct,rt"] if detection == "async" else None
    assert call.wishes.get("AsyncAmdStatusCallback") == wanted


@pytest.mark.parametrize(
    ("changes", "code", "never"),
    [
        ({"to": "862155501234"}, 21211, True),
        ({"to": "+447700900123"}, 21215, True),
        ({"to": "+862155509999"}, 21214, True),
        ({"to": "+862155508888"}, 21216, True),
        ({"from_number": "+862155507777"}, 21210, False),
        ({"url": "nowhere"}, 21205, False),
    ],
)
def test_a_refusal_says_why_and_whether_the_number_is_at_fault(changes: Any, code: int, never: bool) -> None:
    refusals = {"unreachable": frozenset({"+862155509999"}), "blocked": frozenset({"+862155508888"})}
    with exchange(**refusals) as (_, ours):
        result = ours.place(placing(**changes))
    assert isinstance(result, NotPlaced)
    assert (result.code, result.never, result.again) == (code, never, False)
    assert str(code) in result.sentence
    assert "400" in result.sentence


def test_a_wrong_secret_is_refused_and_no_number_is_at_fault() -> None:
    with exchange() as (server, _):
        result = dialler(server.port, secret="another").place(placing())
    assert isinstance(result, NotPlaced)
    assert (result.code, result.never, result.again) == (20003, False, False)


def test_an_api_key_places_calls() -> None:
    with exchange() as (server, _):
        assert isinstance(dialler(server.port, "SK1", "a secret").place(placing()), Placed)


@pytest.mark.parametrize(
    ("faults", "wanted", "asked_again_is_safe", "calls"),
    [
        (Faults(too_many=1.0), NotPlaced, True, 0),
        (Faults(failed_before=1.0), Doubtful, False, 0),
        (Faults(failed_after=1.0), Doubtful, False, 1),
        (Faults(lost_before=1.0), Doubtful, False, 0),
        (Faults(lost_after=1.0), Doubtful, False, 1),
    ],
)
def test_what_went_wrong_is_told_apart(faults: Faults, wanted: type, asked_again_is_safe: bool, calls: int) -> None:
    with exchange(faults) as (server, ours):
        result = ours.place(placing())
        asked = server.exchange.asked[CUSTOMER]
        placed = len(server.exchange.calls)
    assert type(result) is wanted
    assert getattr(result, "again", False) is asked_again_is_safe
    assert asked == 1  # it never asks twice by itself
    assert placed == calls


@contextmanager
def answering(sends: bytes | None) -> Iterator[int]:
    """A server that answers one request with these bytes; None: it takes the request and says nothing for a while."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        done = threading.Event()

        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection):
                connection.recv(65536)
                if sends is None:
                    done.wait(10)
                else:
                    connection.sendall(sends)

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield listening.getsockname()[1]
        done.set()
        serving.join(10)


def http_answer(status: str, body: bytes, length: int | None = None) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: "
    return f"{head}{len(body) if length is None else length}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    "sends",
    [
        http_answer("201 Created", b'{"sid": "CA1'),
        http_answer("201 Created", b'{"sid": "CA1"}', length=100),
        http_answer("201 Created", b"{}"),
        http_answer("201 Created", b"[]"),
        http_answer("200 OK", b"<html>Please log in</html>"),
        http_answer("302 Found", b""),
        http_answer("408 Request Timeout", b""),
        http_answer("502 Bad Gateway", b"<html></html>"),
        b"HTTP/1.1 20",
        b"nonsense\r\n\r\n",
        b"",
    ],
)
def test_an_answer_that_is_none_leaves_a_doubt(sends: bytes) -> None:
    with answering(sends) as port:
        assert isinstance(dialler(port).place(placing()), Doubtful)


def test_no_answer_in_time_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.twilio.rest_client.SECONDS", 0.2)
    with answering(None) as port:
        assert isinstance(dialler(port).place(placing()), Doubtful)


def test_a_refusal_in_html_is_a_refusal() -> None:
    with answering(http_answer("403 Forbidden", b"<html>Blocked by the proxy</html>")) as port:
        result = dialler(port).place(placing())
    assert isinstance(result, NotPlaced)
    assert (result.again, result.never, result.code) == (False, False, 0)


def test_a_connection_that_was_never_made_placed_nothing() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    result = dialler(port).place(placing())
    assert isinstance(result, NotPlaced)
    assert result.again
    assert not result.never


def test_a_call_is_found_by_its_number_queued_or_not() -> None:
    with exchange() as (server, ours):
        before = datetime.now(UTC)
        server.exchange.a_second = 1 / 3600
        first = ours.place(placing())
        second = ours.place(placing())
        ours.place(placing(to="+862155509876"))
        ours.place(placing(from_number="+862155500001"))
        found = ours.find(CUSTOMER, OURS, before)
        assert [Placed(call.call) for call in found] == [second, first]
        assert found[0].status == "queued"
        assert found[0].created_at.tzinfo is not None
        assert ours.find(CUSTOMER, OURS, before + timedelta(hours=1)) == []


def test_a_call_is_found_behind_a_page_of_others() -> None:
    with exchange() as (server, ours):
        results: list[PlacingResult] = [ours.place(placing()) for _ in range(2)]
        wanted = results[0]
        for _ in range(60):
            server.exchange.place(dict(server.exchange.calls[str(results[1].call)].wishes))  # type: ignore[union-attr]
        found = ours.find(CUSTOMER, OURS, datetime.now(UTC) - timedelta(minutes=1))
    assert len(found) == 62
    assert Placed(found[-1].call) == wanted


def test_how_a_call_stands_is_looked_up() -> None:
    with exchange() as (server, ours):
        placed = ours.place(placing(detection="sync"))
        assert isinstance(placed, Placed)
        server.exchange.advance()
        server.exchange.answer(placed.call, "machine_start")
        server.exchange.hang_up(placed.call)
        looked = ours.look(placed.call)
        assert looked is not None
        assert (looked.status, looked.seconds, looked.answered_by) == ("completed", 0, "machine_start")
        assert ours.look("CA" + "9" * 32) is None


def test_our_own_numbers_are_those_of_the_account_and_those_proved() -> None:
    with exchange() as (_, ours):
        assert ours.own_numbers() == [OURS, "+862155500001"]
        assert ours.account_status() == "active"


def test_what_cannot_be_asked_now_is_told_so() -> None:
    with exchange() as (server, _):
        stranger = dialler(server.port, secret="another")
        asks: list[Any] = [
            lambda: stranger.find(CUSTOMER, OURS, datetime.now(UTC)),
            lambda: stranger.look("CA1"),
            stranger.own_numbers,
            stranger.account_status,
        ]
        for ask in asks:
            with pytest.raises(ProviderUnavailable, match="20003"):
                ask()


@pytest.mark.parametrize("base", ["http://example.com", "https://127.0.0.1:8102", "http://127.0.0.1@example.com", "x"])
def test_calls_go_to_the_provider_or_stay_on_this_machine(base: str) -> None:
    with pytest.raises(SettingInvalid):
        Access(account=SID, user=SID, secret=TOKEN, base=base)


def test_a_secret_is_in_no_text_of_its_access() -> None:
    assert TOKEN not in repr(Access(account=SID, user=SID, secret=TOKEN))


def test_no_number_is_written_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with exchange() as (_, ours):
        ours.place(placing())
        ours.find(CUSTOMER, OURS, datetime.now(UTC))
    assert CUSTOMER[1:] not in caplog.text
