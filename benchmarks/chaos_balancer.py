"""A balancer before several servers: each request goes to one of them, some to all at the same moment.

It is the network's last hop and writes the ledger: whatever a server sent, and however little of it, is noted here.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random
from urllib.parse import urlsplit

from chaos_ledger import Answer, Attempt, CallLedger

from ivr.carrier.line import LineFailed, Reply

COPIED = 0.35
"""The share of requests that every server gets at the same moment."""
PATIENCE = (0.0, 3.0, 12.0)
"""Seconds the balancer waits for any server to listen, by chance: none, as without a queue, or some."""
PAUSE = 0.05


class Balancer:
    """Servers on loopback by their ports, and the threads that bring copies to them."""

    def __init__(self, ports: Sequence[int], threads: int) -> None:
        self.ports = tuple(ports)
        self.pool = ThreadPoolExecutor(threads)

    def close(self) -> None:
        """Wait until the last copy was answered, or was not."""
        self.pool.shutdown()


class BalancedLine:
    """The line of one call. Its chance comes from a seed; what became of each request goes to `ledger`."""

    def __init__(self, balancer: Balancer, ledger: CallLedger, seed: str) -> None:
        self._balancer, self._ledger = balancer, ledger
        self._chance = Random(seed)

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        """The reply of the server that was picked, if all of it came. `LineFailed` where it did not."""
        until = time.monotonic() + min(timeout, self._chance.choice(PATIENCE))
        servers = list(range(len(self._balancer.ports)))
        self._chance.shuffle(servers)
        copies: list[Future[None]] = []
        if self._chance.random() < COPIED:
            copies = [self._balancer.pool.submit(self._copy, n, url, body, headers) for n in servers[1:]]
        answer = self._ask_first_that_listens(servers, (url, body, headers), timeout, until)
        for copy in copies[: self._chance.choice((0, len(copies)))]:
            copy.result()  # sometimes the network is slower than all copies, sometimes they are late
        if answer is None or not answer.whole:
            raise LineFailed(f"{url}: no whole answer", "rt")
        return Reply(answer.status, answer.kind, answer.body)

    def _ask_first_that_listens(
        self, servers: Sequence[int], asked: tuple[str, bytes, Mapping[str, str]], timeout: float, until: float
    ) -> Answer | None:
        """Only a request that reached nobody is brought to another server."""
        while True:
            for server in servers:
                try:
                    return self._ask(server, *asked, timeout)
                except ConnectionRefusedError:
                    continue
            if time.monotonic() >= until:
                raise LineFailed(f"{asked[0]}: no server listens", "ct")
            time.sleep(PAUSE)

    def _copy(self, server: int, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        try:
            self._ask(server, url, body, headers, 15.0)
        except ConnectionRefusedError:
            return

    def _ask(self, server: int, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer | None:
        answer = ask(self._balancer.ports[server], url, body, headers, timeout)
        self._ledger.attempts.append(Attempt(url, body, headers["X-Twilio-Signature"], server, answer))
        return answer


def ask(port: int, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer | None:
    """What a server answered, as much of it as came; None for nothing. `ConnectionRefusedError` if none listens."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.connect()
        connection.request("POST", target, body, {**headers, "Host": parts.netloc, "Connection": "close"})
        return read_answer(connection.getresponse())
    except ConnectionRefusedError:
        raise
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def read_answer(response: http.client.HTTPResponse) -> Answer:
    """An answer with what came of its body. The library takes headers that break off for headers that end, and a body
    without a length for one that ends with the connection: so the length is noted and judged apart."""
    length = response.getheader("Content-Length", "")
    try:
        body = response.read()
    except http.client.IncompleteRead as cut:
        body = cut.partial
    except OSError:
        body = b""
    said = int(length) if length.isascii() and length.isdigit() else None
    return Answer(response.status, response.getheader("Content-Type", ""), body, said)
