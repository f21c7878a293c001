"""The HTTP server of a process that takes calls: nobody who is slow, idle or many keeps a caller waiting."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.app.observed import refusing
from ivr.app.serving import http_server
from ivr.app.serving.http_server import HttpServer, most_connections

BODY = b"CallSid=1"
HEAD = b"POST /voice HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


class Application:
    """Answers with what it was sent; at /wait not before it is told to, at /411 and the like with that status."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.late: list[bool] = []
        self.waited: list[float] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/wait":
            assert self.go.wait(30)
        self.late.append(environ["ivr.late"])
        self.waited.append(environ["ivr.waited"])
        body = environ["wsgi.input"].read()
        status = environ["PATH_INFO"][1:]
        start(
            f"{status} Refused" if status.isdigit() else "200 OK",
            [("Content-Length", str(len(body))), ("Content-Type", "text/plain")],
        )
        return [body]


class Running:
    """A server in a thread of its own."""

    def __init__(self, threads: int) -> None:
        self.app = Application()
        self.listening = socket.socket()
        self.listening.bind(("127.0.0.1", 0))
        self.listening.listen(200)
        self.port = self.listening.getsockname()[1]
        self.server = HttpServer(self.app, self.listening, threads)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()

    def connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        made.settimeout(20)
        return made

    def ask(self, path: str = "/voice", body: bytes = BODY) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stop(self) -> None:
        self.app.go.set()
        self.server.abandon()
        self.thread.join(20)
        assert not self.thread.is_alive()


@contextmanager
def running(threads: int = 2) -> Iterator[Running]:
    made = Running(threads)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture
def server() -> Iterator[Running]:
    with running() as made:
        yield made


def read_all(line: socket.socket) -> bytes:
    """All that comes until the server closes."""
    found = b""
    while part := line.recv(4096):
        found += part
    return found


def read_answer(line: socket.socket) -> bytes:
    """One whole answer on a connection that stays."""
    found = b""
    while not found.endswith(BODY):
        part = line.recv(4096)
        assert part, found
        found += part
    return found


def test_half_requests_hold_nobody_up(server: Running) -> None:
    with ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(server.connect()).sendall(HEAD % 900)

        assert server.ask() == (200, BODY)


@pytest.mark.parametrize(
    "sent",
    [
        HEAD % 9,
        HEAD % 9 + b"CallSi",
        b"POST /voice HTTP/1.1\r\nHo",
        b"P",
        b"POST / HTTP/1.1\r\nExpect: 100-continue\r\n",
    ],
)
def test_a_request_that_does_not_arrive_is_refused_and_its_connection_closed(
    server: Running, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "ARRIVE_SECONDS", 0.2)
    with server.connect() as line:
        line.sendall(sent)

        assert read_all(line).startswith(b"HTTP/1.1 408 ")


def test_a_request_that_drips_is_refused_although_something_always_comes(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "ARRIVE_SECONDS", 0.4)
    with server.connect() as line:
        line.sendall(HEAD % 900)
        line.settimeout(0.05)
        found = b""
        for _ in range(200):
            try:
                line.sendall(b"A")
                found = line.recv(4096)
                break
            except TimeoutError:
                continue
            except OSError:
                break

    assert found.startswith(b"HTTP/1.1 408 ")


def test_the_second_request_of_a_connection_has_its_own_time(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "ARRIVE_SECONDS", 0.5)
    with server.connect() as line:
        line.sendall(HEAD % 9 + BODY)
        assert read_answer(line).startswith(b"HTTP/1.1 200 ")
        time.sleep(0.7)
        line.sendall(HEAD % 9 + BODY)

        assert read_answer(line).startswith(b"HTTP/1.1 200 ")


def test_an_idle_connection_is_closed(server: Running) -> None:
    server.server.adj.channel_timeout = 0.2
    with server.connect() as silent, server.connect() as once:
        once.sendall(HEAD % 9 + BODY)

        assert read_all(silent) == b""
        assert read_all(once).startswith(b"HTTP/1.1 200 ")


def test_where_there_are_too_many_connections_the_idlest_makes_room(server: Running) -> None:
    server.server.most = 5
    with ExitStack() as stack:
        idle = [stack.enter_context(server.connect()) for _ in range(30)]

        assert server.ask() == (200, BODY)
        assert read_all(idle[0]) == b""
        assert len(server.server.active_channels) <= 6


def test_few_file_handles_mean_few_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    for files, most in ((48, 10), (1024, 952), (1_000_000, 1000), (http_server.resource.RLIM_INFINITY, 1000)):
        monkeypatch.setattr(http_server.resource, "getrlimit", lambda _, files=files: (files, files))
        assert most_connections(8) == most


def test_health_is_told_while_all_threads_are_busy(server: Running) -> None:
    busy = [threading.Thread(target=server.ask, args=("/wait",)) for _ in range(6)]
    for one in busy:
        one.start()
    while len(server.server.task_dispatcher.queue) < 4:
        time.sleep(0.01)

    assert server.ask("/healthz") == (200, BODY)
    assert server.ask("/readyz") == (200, BODY)
    server.app.go.set()
    for one in busy:
        one.join()


def test_a_request_that_waited_long_for_a_thread_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "LATE_SECONDS", 0.2)
    with running(threads=1) as server:
        asked = [threading.Thread(target=server.ask, args=(path,)) for path in ("/wait", "/voice")]
        asked[0].start()
        while server.server.task_dispatcher.active_count < 1:
            time.sleep(0.01)
        asked[1].start()
        while not server.server.task_dispatcher.queue:
            time.sleep(0.01)
        time.sleep(0.3)
        server.app.go.set()
        for one in asked:
            one.join()
        server.ask()

    assert server.app.late == [False, True, False]


@contextmanager
def all_threads_hang(server: Running) -> Iterator[list[float]]:
    """Two requests on a server with one thread, neither of which is answered; when the process said that it is well."""
    said: list[float] = []
    server.server.well = lambda: said.append(time.monotonic())
    hanging = [threading.Thread(target=server.ask, args=("/wait",)) for _ in range(2)]
    for one in hanging:
        one.start()
    while not server.server.task_dispatcher.queue:
        time.sleep(0.01)
    yield said
    server.app.go.set()
    for one in hanging:
        one.join()


def test_a_process_whose_requests_all_hang_stops_to_say_that_it_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "STUCK_SECONDS", 0.3)
    with running(threads=1) as server:
        with all_threads_hang(server) as said:
            time.sleep(1.2)
            silent = time.monotonic() - said[-1]
        before = len(said)
        time.sleep(0.6)

    assert silent > 0.5
    assert len(said) > before


def test_whoever_asks_for_health_does_not_hide_that_all_requests_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "STUCK_SECONDS", 0.3)
    with running(threads=1) as server, all_threads_hang(server) as said:
        for _ in range(12):
            assert server.ask("/healthz") == (200, BODY)
            time.sleep(0.1)
        silent = time.monotonic() - said[-1]

    assert silent > 0.5


def test_a_clock_that_is_set_back_changes_nothing(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[float] = []
    server.server.well = lambda: said.append(time.monotonic())
    server.server.adj.channel_timeout = 0.3
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600)
    with server.connect() as idle:
        before = len(said)

        assert read_all(idle) == b""
        assert len(said) > before
        assert server.ask() == (200, BODY)


def test_a_process_with_one_long_request_and_none_that_waits_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "STUCK_SECONDS", 0.2)
    said: list[float] = []
    with running(threads=2) as server:
        long = threading.Thread(target=server.ask, args=("/wait",))
        long.start()
        time.sleep(0.5)
        server.server.well = lambda: said.append(time.monotonic())
        time.sleep(0.6)
        server.app.go.set()
        long.join()

    assert said


def test_draining_answers_what_was_asked_and_says_that_the_connection_ends(server: Running) -> None:
    found: list[tuple[int, bytes]] = []
    asked = threading.Thread(target=lambda: found.append(server.ask("/wait")))
    asked.start()
    while server.server.task_dispatcher.active_count < 1:
        time.sleep(0.01)
    with server.connect() as open_before:
        while len(server.server.active_channels) < 2:
            time.sleep(0.01)
        server.server.drain()
        open_before.sendall(HEAD % 9 + BODY)
        answer = read_all(open_before)
    server.app.go.set()
    asked.join()
    server.thread.join(20)

    assert found == [(200, BODY)]
    assert answer.startswith(b"HTTP/1.1 200 ") and b"connection: close" in answer.lower()
    assert not server.thread.is_alive()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (HEAD % 70_000, b"413"),
        (b"POST /voice HTTP/1.1\r\nContent-Length: nine\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_refused_in_one_answer(server: Running, sent: bytes, status: bytes) -> None:
    with server.connect() as line:
        line.sendall(sent)

        assert read_all(line).split(b" ", 2)[1] == status
    assert server.ask() == (200, BODY)


CHUNKED = b"POST /voice HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
CHUNKS = b"9\r\nCallSid=1\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        CHUNKED + b"\r\n" + CHUNKS,
        CHUNKED + b"\r\n",
        CHUNKED + b"Content-Length: 9\r\n\r\n" + BODY,
        CHUNKED + b"Expect: 100-continue\r\n\r\n",
        CHUNKED.replace(b"/1.1", b"/1.0") + b"Connection: keep-alive\r\n\r\n" + CHUNKS,
        CHUNKED + b"\r\n" + HEAD % 9 + BODY,
        CHUNKED.replace(b"POST /voice", b"GET /healthz") + b"\r\n" + CHUNKS,
    ],
)
def test_a_body_in_chunks_is_refused_at_once_and_its_connection_closed(
    server: Running, caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    """Twilio always says how long a body is. What follows is nobody's request."""
    with server.connect() as line:
        line.sendall(sent)
        answer = read_all(line)

    assert answer.split(b" ", 2)[1] == b"411" and answer.count(b"HTTP/1.") == 1
    assert b"connection: close" in answer.lower() and server.app.late == []
    assert [record.__dict__["kind"] for record in caplog.records if record.name == "ivr.refused"] == ["no_length"]


@pytest.mark.parametrize(("status", "stays"), [(411, False), (413, False), (403, True), (200, True)])
def test_a_connection_whose_next_bytes_may_be_a_body_is_closed(server: Running, status: int, stays: bool) -> None:
    """The application has refused a request whose body it did not read, or whose length nobody knows."""
    with server.connect() as line:
        line.sendall(HEAD.replace(b"/voice", b"/%d" % status) % 9 + BODY)
        first = read_answer(line)
        second = b""
        with suppress(ConnectionError):  # it is closed by now
            line.sendall(HEAD % 9 + BODY)
            second = line.recv(4096)

    assert first.split(b" ", 2)[1] == b"%d" % status
    assert (b"connection: close" in first.lower(), second != b"") == (not stays, stays)


def test_whoever_asks_to_send_too_much_is_not_told_to_go_on(server: Running) -> None:
    with server.connect() as line:
        line.sendall(b"POST /voice HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 70000\r\n\r\n")

        assert read_all(line).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("sent", [HEAD % 70_000 + b"A" * 70_000, b"POST /voice HTTP/1.1\r\nX: " + b"A" * 200_000])
def test_a_flood_on_one_connection_ends_that_connection(server: Running, sent: bytes) -> None:
    with server.connect() as line:
        try:
            line.sendall(sent)
            ended = read_all(line)
        except ConnectionError:
            ended = b"HTTP/1.1 4"
    assert ended.startswith(b"HTTP/1.1 4")
    assert server.ask() == (200, BODY)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (HEAD % 70_000, "too_large"),
        (b"POST /voice HTTP/1.1\r\nX: " + b"A" * 70_000 + b"\r\n\r\n", "too_large"),
        (b"nonsense \x1b[31m +12025550101\r\n\r\n", "bad_request"),
        (b"POST /voice HTTP/1.1\r\nContent-Length: 9\r\n\r\nCall", "slow_request"),
    ],
)
def test_what_the_server_refuses_is_counted_and_told(
    server: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, sent: bytes, reason: str
) -> None:
    monkeypatch.setattr(http_server, "ARRIVE_SECONDS", 0.3)
    counted: list[str] = []
    counting = SimpleNamespace(saw=lambda seen: counted.append(seen.refused))
    monkeypatch.setattr(refusing, "counting_here", lambda: counting)
    with server.connect() as line, suppress(ConnectionError):
        line.sendall(sent)
        read_all(line)
    assert counted == [reason]
    assert [record.__dict__["kind"] for record in caplog.records if record.name == "ivr.refused"] == [reason]
    assert "2025550101" not in caplog.text


def test_what_a_request_waits_for_a_thread_is_known() -> None:
    with running(threads=1) as server:
        assert server.ask() == (200, BODY)
        assert 0 <= server.app.waited[0] < 30
