"""What the chaos run takes for a whole answer: one that a killed server has cut anywhere is none."""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Iterator, Sequence

import pytest
from chaos_balancer import BalancedLine, Balancer, ask, read_answer
from chaos_ledger import CallLedger, worth

from ivr.carrier.line import LineFailed

BODY = b"<Response><Say>Hello</Say><Hangup/></Response>"
RAW = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: %d\r\n\r\n%s" % (len(BODY), BODY)
HEADERS = {"X-Twilio-Signature": "c2lnbmVk"}


class Pipe:
    """A socket that has received this much."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._raw)


def worth_of(raw: bytes) -> str:
    response = http.client.HTTPResponse(Pipe(raw))  # type: ignore[arg-type]
    try:
        response.begin()
    except http.client.HTTPException:
        return "missing"
    return worth(read_answer(response), ())


def test_a_whole_answer_acknowledges() -> None:
    assert worth_of(RAW) == "acknowledged"


@pytest.mark.parametrize("length", range(len(RAW)))
def test_an_answer_cut_anywhere_acknowledges_nothing(length: int) -> None:
    assert worth_of(RAW[:length]) in ("missing", "cut")


def test_an_answer_without_a_length_acknowledges_nothing() -> None:
    """It ends with the connection, so nobody can tell whether that is all of it."""
    assert worth_of(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n" + BODY) == "cut"


class Fake:
    """Servers that answer each connection with these bytes and close it."""

    def __init__(self, *raws: bytes) -> None:
        self._sockets = [socket.create_server(("127.0.0.1", 0)) for _ in raws]
        self.ports = [each.getsockname()[1] for each in self._sockets]
        for each, raw in zip(self._sockets, raws, strict=True):
            threading.Thread(target=self._serve, args=(each, raw), daemon=True).start()

    def _serve(self, listening: socket.socket, raw: bytes) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(raw)

    def close(self) -> None:
        for each in self._sockets:
            each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def two_servers() -> Iterator[Fake]:
    made = Fake(RAW, RAW[:-5])
    yield made
    made.close()


def test_nobody_listening_is_told_from_no_answer(two_servers: Fake, unused_port: int) -> None:
    assert ask(two_servers.ports[0], "http://x/voice", b"", HEADERS, 5) is not None
    with pytest.raises(ConnectionRefusedError):
        ask(unused_port, "http://x/voice", b"", HEADERS, 5)


def post(ports: Sequence[int], seed: str) -> tuple[str, CallLedger]:
    balancer, ledger = Balancer(ports, 4), CallLedger("CA1")
    try:
        BalancedLine(balancer, ledger, seed).post("http://x/voice/t/1", b"", HEADERS, 0.1)
        came = "a reply"
    except LineFailed as failed:
        came = failed.cause
    balancer.close()
    return came, ledger


def test_all_answers_go_to_the_ledger_and_only_a_whole_one_to_the_network(two_servers: Fake) -> None:
    came: dict[tuple[str, int], CallLedger] = {}
    for seed in range(30):
        reply, ledger = post(two_servers.ports, str(seed))
        came.setdefault((reply, len(ledger.attempts)), ledger)

    assert set(came) == {("a reply", 1), ("a reply", 2), ("rt", 1), ("rt", 2)}
    cut = [attempt for attempt in came["a reply", 2].attempts if attempt.server == 1]
    assert [worth(attempt.answer, ()) for attempt in cut] == ["cut"]


def test_a_request_that_reached_nobody_is_brought_to_another_server(two_servers: Fake, unused_port: int) -> None:
    found = {post([unused_port, two_servers.ports[0]], str(seed))[0] for seed in range(10)}

    assert found == {"a reply"}


def test_where_no_server_listens_nothing_was_sent(unused_port: int) -> None:
    came, ledger = post([unused_port], "1")

    assert came == "ct"
    assert ledger.attempts == []
