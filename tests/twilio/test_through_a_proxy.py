"""Calls are placed from behind a bank's proxy, whose certificate stands in a bundle of the bank's own."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ivr.service.outgoing.dialler_port import Doubtful, NotPlaced, Placed, Placing, PlacingResult
from ivr.twilio.dialler import TwilioDialler
from ivr.twilio.rest_client import Access

SID = "AC" + "1" * 32
URL = "https://ivr.example.com/voice/out/a1"
PLACING = Placing(
    to="+862155501234", from_number="+862155500000", url=URL, fallback=f"{URL}/fallback",
    status_callback=f"{URL}/status",
)  # fmt: skip
ACCEPTED = b'HTTP/1.1 201 Created\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{"sid": "CA77"}'


@dataclass
class Proxy:
    """A proxy that opens the TLS it tunnels, as a bank's does, and answers in the provider's place.

    `refuses` is what it answers a CONNECT with, where it lets nobody through; with `breaks` it takes the request and
    ends the connection.
    """

    certificate: Path
    key: Path
    refuses: bytes = b""
    breaks: bool = False
    asked: list[str] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listening.accept()
                with closing(connection), suppress(OSError):
                    connection.settimeout(5)
                    self.asked.append(connection.recv(65536).split(b"\r\n")[0].decode())
                    connection.sendall(self.refuses or b"HTTP/1.1 200 Connection established\r\n\r\n")
                    if not self.refuses:
                        self.answer(connection)

    def answer(self, connection: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        with context.wrap_socket(connection, server_side=True) as inside:
            got = inside.recv(65536)
            while b"TimeLimit=900" not in got:  # head and body come apart
                got += inside.recv(65536)
            self.requests.append(got)
            inside.sendall(b"" if self.breaks else ACCEPTED)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for the provider's name that no public authority has signed, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("bundle")
    certificate, key = folder / "ca.pem", folder / "key.pem"
    name = ["-subj", "/CN=api.twilio.com", "-addext", "subjectAltName=DNS:api.twilio.com"]
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", *made, *name], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def proxy(bundle: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    made = Proxy(*bundle)
    for name in ("NO_PROXY", "no_proxy", "https_proxy", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", made.url)
    with closing(made.listening):
        yield made


def placed() -> PlacingResult:
    return TwilioDialler(Access(account=SID, user=SID, secret="a token")).place(PLACING)


def test_calls_go_through_the_proxy_and_its_bundle_is_trusted(
    proxy: Proxy, bundle: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle[0]))
    assert placed() == Placed("CA77")
    assert [line.split()[:2] for line in proxy.asked] == [["CONNECT", "api.twilio.com:443"]]
    assert proxy.requests[0].startswith(f"POST /2010-04-01/Accounts/{SID}/Calls.json ".encode())


def test_a_certificate_that_is_not_trusted_placed_nothing(proxy: Proxy) -> None:
    result = placed()
    assert isinstance(result, NotPlaced)
    assert result.again
    assert "certificate" in result.sentence.lower()
    assert proxy.requests == []


def test_a_connection_that_breaks_after_the_request_leaves_a_doubt(
    proxy: Proxy, bundle: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library tells of it as of a proxy that could not be reached: asking again would phone somebody twice."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle[0]))
    proxy.breaks = True
    assert isinstance(placed(), Doubtful)
    assert len(proxy.requests) == 1


def test_a_proxy_that_lets_nobody_through_placed_nothing(proxy: Proxy) -> None:
    proxy.refuses = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    result = placed()
    assert isinstance(result, NotPlaced)
    assert result.again
    assert "407" in result.sentence


def test_a_proxy_that_is_away_placed_nothing(proxy: Proxy) -> None:
    proxy.listening.close()
    result = placed()
    assert isinstance(result, NotPlaced)
    assert result.again


def test_an_exchange_of_this_machine_is_asked_past_all_proxies(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection):
                connection.recv(65536)
                connection.sendall(ACCEPTED)

        threading.Thread(target=serve, daemon=True).start()
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        dialler = TwilioDialler(Access(account=SID, user=SID, secret="a token", base=base))
        assert dialler.place(PLACING) == Placed("CA77")
    assert proxy.asked == []
