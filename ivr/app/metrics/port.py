"""The port for those who run the hotline: /metrics, and /readyz with its reason. Not for the public."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from ivr.app.readiness import Readiness
from ivr.app.wiring import wire
from ivr.config import Settings
from ivr.errors import IvrError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("ivr.metrics")
MOST_AT_ONCE = 8
REQUEST_SECONDS = 5
TRY_SECONDS = 1.0
PREDECESSOR_SECONDS = 20.0
"""In a restart the process before this one keeps the port until it has ended: that is worth no line."""
PLAIN = ("Content-Type", "text/plain; charset=utf-8")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        self._free = threading.Semaphore(MOST_AT_ONCE)
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.debug("a request for metrics was not finished")

    def server_bind(self) -> None:
        """Without asking the name service who we are."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]
        self.setup_environ()


class _ServerOnSix(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = REQUEST_SECONDS

    def log_message(self, *_: object) -> None:
        """Nothing: who scrapes, scrapes all day."""


def open_metrics_port(settings: Settings) -> Callable[[], None]:
    """Answer on the metrics port, if one is set, in the background, until the function returned is called. While the
    port is taken it is tried each second, for whoever has it may be about to end; that is one line in the log."""
    if not settings.metrics_port:
        return lambda: None
    stop = threading.Event()
    thread = threading.Thread(target=_keep_open, args=(settings, stop), daemon=True, name="metrics")
    thread.start()

    def close() -> None:
        stop.set()
        thread.join()

    return close


def _keep_open(settings: Settings, stop: threading.Event) -> None:
    app, told, began = None, False, time.monotonic()
    kind = _ServerOnSix if ":" in settings.metrics_host else _Server
    while not stop.is_set():
        try:
            app = app or operators_app(settings)
            server = make_server(settings.metrics_host, settings.metrics_port, app, kind, _Handler)
        except (OSError, IvrError) as failed:
            if not told and time.monotonic() - began >= PREDECESSOR_SECONDS:
                told, fields = True, {"where": f"{settings.metrics_host} port {settings.metrics_port}"}
                log.warning("no metrics yet, calls are answered all the same: %s", failed, extra={"fields": fields})
            stop.wait(TRY_SECONDS)
            continue
        threading.Thread(target=server.serve_forever, daemon=True, name="metrics port").start()
        stop.wait()
        server.shutdown()
        server.server_close()


def operators_app(settings: Settings) -> WSGIApplication:
    """What answers there, as a WSGI application."""
    from prometheus_client import CollectorRegistry, make_wsgi_app

    from ivr.app.metrics.collected import PATIENCE, Counted, OfDatabase, OfReadiness
    from ivr.app.metrics.places import folder_of
    from ivr.storage.figures import FigureRows

    readiness = Readiness(wire(settings))
    registry = CollectorRegistry()
    registry.register(Counted(folder_of(settings.metrics_port)))
    registry.register(OfReadiness(readiness))
    registry.register(OfDatabase(FigureRows(settings.database_url)))
    metrics: WSGIApplication = make_wsgi_app(registry)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/metrics":
            return metrics(environ, start_response)
        if path == "/readyz":
            found = readiness.verdict(PATIENCE)
            start_response("503 Service Unavailable" if found.code else "200 OK", [PLAIN])
            return [f"{found.line}\n{found.reason}".rstrip().encode() + b"\n"]
        start_response("404 Not Found", [PLAIN])
        return [b"/metrics or /readyz\n"]

    return answer
