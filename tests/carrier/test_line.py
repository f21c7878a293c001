"""A reply over HTTP counts only if all of it arrived."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from ivr.carrier.line import HttpLine, LineFailed

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 11\r\n\r\n<Response/>"


@contextmanager
def server(sends: bytes) -> Iterator[str]:
    """Answers one request with these bytes, then closes."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection):
                connection.settimeout(5)
                connection.recv(65536)
                connection.sendall(sends)

        answering = threading.Thread(target=serve)
        answering.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/voice"
        answering.join(10)


def test_a_whole_reply_is_taken() -> None:
    with server(WHOLE) as url:
        reply = HttpLine().post(url, b"x=1", {}, 5)
    assert (reply.status, reply.kind, reply.body) == (200, "text/xml", b"<Response/>")


@pytest.mark.parametrize("at", range(len(WHOLE)))
def test_a_reply_that_breaks_off_anywhere_is_none(at: int) -> None:
    with server(WHOLE[:at]) as url, pytest.raises(LineFailed) as failed:
        HttpLine().post(url, b"x=1", {}, 5)
    assert failed.value.cause == "rt"
