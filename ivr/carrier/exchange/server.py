"""The exchange over HTTP, for this machine alone: the provider's REST API, and the telephones it rings."""

from __future__ import annotations

import json
import logging
import queue
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.exchange.callbacks import Callback
from ivr.carrier.exchange.desk import Desk
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.rest import VERSION, Request, handle

LOOPBACK = "127.0.0.1"
NAMES = frozenset({LOOPBACK, "localhost"})
LARGEST_BODY = 256 * 1024
TICK_SECONDS = 0.1
HANGS_SECONDS = 30.0
log = logging.getLogger("ivr.exchange")


@dataclass(slots=True)
class ExchangeServer:
    """Serves an exchange from `start` to `close`, and sends its callbacks by `delivery`. Port 0: any that is free."""

    exchange: Exchange
    desk: Desk
    delivery: Delivery
    port: int = 0
    _server: ThreadingHTTPServer | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _callbacks: queue.Queue[Callback | None] = field(default_factory=queue.Queue)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Listen. OSError where the port is taken."""
        desk, exchange = self.desk, self.exchange

        class Handler(_Handler):
            """Requests to this exchange."""

        Handler.desk, Handler.exchange = desk, exchange
        self._server = ThreadingHTTPServer((LOOPBACK, self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(TICK_SECONDS,), daemon=True).start()
        for work in (self._tick, self._deliver):
            threading.Thread(target=work, daemon=True).start()

    def close(self) -> None:
        """Listen no more. What is on its way is not waited for."""
        self._stop.set()
        self._callbacks.put(None)
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def _tick(self) -> None:
        while not self._stop.wait(TICK_SECONDS):
            for callback in self.exchange.advance():
                self._callbacks.put(callback)

    def _deliver(self) -> None:
        while (callback := self._callbacks.get()) is not None:
            try:
                self.delivery.post(callback.url, callback.pairs, "notice")
            except DeliveryFailed as failed:
                log.warning("a callback was not taken: %s", failed.code)
            self.delivery.exchanges.clear()  # nobody reads this ledger, and it would grow for ever


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    desk: Desk
    exchange: Exchange
    protocol_version = "HTTP/1.1"
    timeout = HANGS_SECONDS

    def handle(self) -> None:
        """Serve a connection to its end: a client that was killed is no news."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Look something up."""
        self._answer("GET")

    def do_POST(self) -> None:
        """Do something."""
        self._answer("POST")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the numbers phoned are in the paths."""

    def _answer(self, method: str) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            self._send(413, {"error": "too large"})
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        if not self._from_here():
            self._send(403, {"error": "this exchange serves programs of this machine"})
            return
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if path.startswith(f"{VERSION}/"):
            self._rest(method, path, query, body)
        elif path == "/ringing" and method == "GET":
            self._send(*self.desk.ringing(_seconds(query)))
        elif path.startswith("/ringing/") and method == "POST" and path.count("/") == 3:
            _, _, sid, act = path.split("/")
            self._send(*self.desk.act(sid, act, body, self.headers.get("X-Webhook-Url", "")))
        elif path == "/account" and method == "GET":
            self._send(200, self._account())
        else:
            self._send(404, {"error": "no such page"})

    def _account(self) -> Mapping[str, str]:
        account, hotlines = self.exchange.account, self.exchange.hotlines
        user, secret = next(iter(account.keys.items()), ("", ""))
        return {"account": account.sid, "user": user, "secret": secret, "hotline": hotlines[0] if hotlines else ""}

    def _from_here(self) -> bool:
        """Whether a program of this machine asks: no page in a browser, whatever name it gives this address."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        return host in NAMES and "Origin" not in self.headers

    def _rest(self, method: str, path: str, query: str, body: str) -> None:
        asked = Request(
            method=method,
            path=path,
            query=parse_qs(query, keep_blank_values=True),
            form=parse_qs(body, keep_blank_values=True),
            authorization=self.headers.get("Authorization", ""),
        )
        answer = handle(self.exchange, asked)
        if answer is None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(answer.status, answer.body or {}, answer.headers)

    def _send(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        sent = json.dumps(body, ensure_ascii=False).encode()
        with suppress(OSError):  # whoever asked has gone
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)


def _seconds(query: str) -> float:
    text = parse_qs(query).get("wait", ["0"])[-1]
    return float(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0.0
